/** Characters that nobody sees, or that turn round what is seen: found, told, and shown as what they are. */

/** C0, DEL and C1; the marks that turn the direction of text (https://www.unicode.org/reports/tr9/, X1 to X8). */
const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const allHidden = new RegExp(hidden, 'gu');

/** @returns what is wrong with text that is to be shown, for the person who typed it; undefined where nothing is */
export function hiddenProblem(text: string): string | undefined {
  const found = hidden.exec(text)?.[0];
  if (found === undefined) return undefined;
  if (found === '\n' || found === '\r') return 'Write this in one line, without line breaks.';
  if (found === '\t') return 'Use spaces instead of tabs.';
  return `Remove the character ${codePoint(found)}, which cannot be seen.`;
}

/** What was stored before, or comes from elsewhere, as it can be shown: "\u202E" in place of the character. Layout stays. */
export function visible(text: string): string {
  return hidden.test(text)
    ? text.replace(allHidden, (found) => (/[\t\n\r]/.test(found) ? found : `\\u${hex(found)}`))
    : text;
}

function codePoint(character: string): string {
  return `U+${hex(character)}`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
