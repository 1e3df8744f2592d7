/** "Draft saved 12:04" on the reader's own clock. Only ever shown after something was pressed, so never on the server. */
export function savedWords(at: string | null): string | null {
  if (!at) return null;
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
  return `Draft saved ${clock}`;
}
