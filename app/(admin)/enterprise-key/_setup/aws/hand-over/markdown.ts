import { oneLine } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';

/** Free text as one line that Markdown takes as words: it ends no table, begins no tag, no link and no code. */
export function words(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`);
}

/** A value to copy, as code; a grave accent in it would end it. */
export function code(text: string): string {
  const line = oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|');
  return line === '' ? '' : `\`${line}\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A fence longer than any inside, so that nothing in the text can end it. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
