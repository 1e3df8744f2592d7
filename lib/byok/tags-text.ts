export type Tag = { key: string; value: string };

/** The text that `tagsSchema` of labels.ts reads, for a form. */
export function tagsText(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join('\n');
}
