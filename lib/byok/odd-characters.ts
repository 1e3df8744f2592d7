/**
 * Characters that come along when an identifier is copied from a mail, a document or a chat, and that nobody sees or minds: they
 * are named, with what to do about them. For ARNs, account IDs, role names and key IDs, all of which AWS makes of ASCII.
 */

/** What is wrong with the first such character of a text, in one sentence or two; undefined where there is none. */
export function oddCharacterProblem(text: string): string | undefined {
  const characters = [...text];
  const [first = '', last = ''] = [characters[0], characters.at(-1)];
  const at = characters.findIndex((character) => !isPlain(character));
  const odd = characters[at];
  if (odd !== undefined) return sentenceAbout(odd, whereIs(characters, at));
  if (opening.has(first)) return `There is ${nameOf(first)} at the beginning. Leave it out.`;
  if (closing.has(last)) return `There is ${nameOf(last)} at the end. Leave it out.`;
  return undefined;
}

/** The text as it was probably meant: what is odd left out, or put as the hyphen that it stands for. */
export function withoutOddCharacters(text: string): string {
  const characters = [...text].map((character) => (hyphens.has(character) ? '-' : plainLetter(character)));
  while (opening.has(characters[0] ?? '')) characters.shift();
  while (closing.has(characters.at(-1) ?? '')) characters.pop();
  return characters.filter(isPlain).join('');
}

/** The letter that one of another script, or of full width, is taken for. */
function plainLetter(character: string): string {
  const normal = character.normalize('NFKC');
  return /^[\x21-\x7e]$/.test(normal) ? normal : (lookalikes.get(character) ?? character);
}

/** Printable ASCII; white space in the midst of a text is seen, and is another mistake. */
function isPlain(character: string): boolean {
  return /^[\x20-\x7e\t\r\n]$/.test(character);
}

function sentenceAbout(character: string, where: string): string {
  const named = `There is ${nameOf(character)} ${where}`;
  if (hyphens.has(character)) return `${named}. Use an ordinary hyphen (-) instead.`;
  if (/[\p{Cc}\p{Cf}\p{Z}]/u.test(character))
    return `${named}, which can’t be seen. Delete it, or copy the whole text again.`;
  return `${named}. It can’t be part of this: copy the whole text again.`;
}

/** "a zero-width space (U+200B)", "a comma (,)". */
function nameOf(character: string): string {
  const known = names.get(character);
  if (known && isPlain(character)) return `${known} (${character})`;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (known) return `${known} (${code})`;
  return /[\p{C}\p{Z}]/u.test(character)
    ? `an invisible character (${code})`
    : `the character “${character}” (${code})`;
}

function whereIs(characters: readonly string[], at: number): string {
  if (at === 0) return 'at the beginning';
  if (at === characters.length - 1) return 'at the end';
  return `after “${at > 16 ? '…' : ''}${characters.slice(Math.max(0, at - 16), at).join('')}”`;
}

/** What looks like a hyphen. */
const hyphens: ReadonlySet<string> = new Set([
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u2212',
  '\uFE63',
  '\uFF0D',
]);

/** What JSON, code and prose put around an identifier. */
const opening: ReadonlySet<string> = new Set(['"', "'", '`', '<', '(', '[', '{']);
const closing: ReadonlySet<string> = new Set(['"', "'", '`', '>', ')', ']', '}', ',', ';', '.']);

/** Letters of other scripts that look like Latin ones. */
const lookalikes: ReadonlyMap<string, string> = new Map([
  ['\u0430', 'a'],
  ['\u03B1', 'a'],
  ['\u0435', 'e'],
  ['\u0456', 'i'],
  ['\u03B9', 'i'],
  ['\u043A', 'k'],
  ['\u03BA', 'k'],
  ['\u043C', 'm'],
  ['\u043E', 'o'],
  ['\u03BF', 'o'],
  ['\u0440', 'p'],
  ['\u0433', 'r'],
  ['\u0455', 's'],
  ['\u0441', 'c'],
  ['\u0443', 'y'],
  ['\u0445', 'x'],
  ['\u0501', 'd'],
  ['\u051D', 'w'],
  ['\u03C9', 'w'],
  ['\u043F', 'n'],
  ['\u0578', 'n'],
]);

const names: ReadonlyMap<string, string> = new Map([
  ['\u00A0', 'a non-breaking space'],
  ['\u00AD', 'a soft hyphen'],
  ['\u2009', 'a thin space'],
  ['\u200B', 'a zero-width space'],
  ['\u200C', 'a zero-width non-joiner'],
  ['\u200D', 'a zero-width joiner'],
  ['\u200E', 'a left-to-right mark'],
  ['\u200F', 'a right-to-left mark'],
  ['\u2028', 'a line separator'],
  ['\u202A', 'a left-to-right embedding'],
  ['\u202B', 'a right-to-left embedding'],
  ['\u202C', 'the end of a direction'],
  ['\u202D', 'a left-to-right override'],
  ['\u202E', 'a right-to-left override'],
  ['\u202F', 'a narrow non-breaking space'],
  ['\u2060', 'a word joiner'],
  ['\u2066', 'a left-to-right isolate'],
  ['\u2067', 'a right-to-left isolate'],
  ['\u2068', 'a first strong isolate'],
  ['\u2069', 'the end of an isolate'],
  ['\u3000', 'an ideographic space'],
  ['\uFEFF', 'a byte order mark'],
  ['\u2010', 'a typographic hyphen'],
  ['\u2011', 'a non-breaking hyphen'],
  ['\u2012', 'a figure dash'],
  ['\u2013', 'an en dash'],
  ['\u2014', 'an em dash'],
  ['\u2015', 'a horizontal bar'],
  ['\u2212', 'a minus sign'],
  ['\uFF0D', 'a full-width hyphen'],
  ['\uFF1A', 'a full-width colon'],
  ['\u2018', 'a curly quotation mark'],
  ['\u2019', 'a curly quotation mark'],
  ['\u201C', 'a curly quotation mark'],
  ['\u201D', 'a curly quotation mark'],
  ['\u201E', 'a low quotation mark'],
  ['\u00AB', 'an angle quotation mark'],
  ['\u00BB', 'an angle quotation mark'],
  ['"', 'a quotation mark'],
  ["'", 'a single quotation mark'],
  ['`', 'a backtick'],
  [',', 'a comma'],
  [';', 'a semicolon'],
  ['.', 'a full stop'],
  ['<', 'an angle bracket'],
  ['>', 'an angle bracket'],
  ['(', 'a bracket'],
  [')', 'a bracket'],
  ['[', 'a bracket'],
  [']', 'a bracket'],
  ['{', 'a brace'],
  ['}', 'a brace'],
]);
