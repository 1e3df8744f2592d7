export type CodeLanguage = 'json' | 'shell' | 'text';
export type CodePiece = { kind: 'plain' | 'name' | 'text' | 'faint'; text: string };

/** Cuts one line into pieces that are shown differently. Joined, the pieces are the line again, whatever it holds. */
export function codePieces(line: string, language: CodeLanguage): CodePiece[] {
  if (language === 'json') return cut(line, json);
  if (language === 'shell') return cut(line, shell);
  return [{ kind: 'plain', text: line }];
}

/** Cuts a text at these values, the longest first. Joined, the parts are the text again. */
export function valuePieces(text: string, values: readonly string[]): { text: string; own: boolean }[] {
  const wanted = values.filter((value) => value !== '').sort((one, other) => other.length - one.length);
  if (wanted.length === 0) return [{ text, own: false }];
  const pattern = new RegExp(`(${wanted.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`);
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, own: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

type Rule = { pattern: RegExp; kinds: readonly CodePiece['kind'][] };

// Per alternative of the pattern, in order, how what it matched is shown.
const json: Rule = {
  pattern: /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|([{}[\],:]+)/g,
  kinds: ['name', 'text', 'faint'],
};
const shell: Rule = { pattern: /((?<=^|\s)--?[a-z][\w-]*)|(#.*$)/g, kinds: ['name', 'faint'] };

function cut(line: string, rule: Rule): CodePiece[] {
  const pieces: CodePiece[] = [];
  let from = 0;
  for (const match of line.matchAll(rule.pattern)) {
    if (match.index > from) pieces.push({ kind: 'plain', text: line.slice(from, match.index) });
    const which = match.slice(1).findIndex((group) => group !== undefined);
    pieces.push({ kind: rule.kinds[which] ?? 'plain', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < line.length) pieces.push({ kind: 'plain', text: line.slice(from) });
  return pieces;
}
