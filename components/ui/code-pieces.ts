export type CodeLanguage = 'json' | 'shell' | 'text';
export type CodePiece = { kind: 'plain' | 'name' | 'text' | 'faint'; text: string };

/** Cuts one line into pieces that are shown differently. Joined, the pieces are the line again, whatever it holds. */
export function codePieces(line: string, language: CodeLanguage): CodePiece[] {
  if (language === 'json') return cut(line, json);
  if (language === 'shell') return cut(line, shell);
  return [{ kind: 'plain', text: line }];
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
