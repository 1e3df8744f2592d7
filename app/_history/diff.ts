/** One changed field: what it was and what it is, as short text; null where there was nothing. */
export type Change = { field: string; before: string | null; after: string | null };

const longestValue = 160;

/**
 * What an event changed, field by field; a field that stayed the same is left out. `before` and `after` are whatever
 * the event recorded: usually flat objects, sometimes nested ones, sometimes nothing. Empty text is nothing.
 */
export function changesOf(before: unknown, after: unknown): Change[] {
  const was = flatten(before);
  const is = flatten(after);
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined || value === '') return found;
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, path === '' ? name : `${path}.${name}`, found);
    return found;
  }
  found.set(path === '' ? 'value' : path, short(value));
  return found;
}

function short(value: unknown): string {
  const text = Array.isArray(value) ? listed(value) : String(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function listed(values: unknown[]): string {
  return values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(', ');
}
