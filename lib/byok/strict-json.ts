/**
 * JSON as it comes from outside. A name that stands twice in one object is refused: of two programs that read the same text,
 * one may take the first and the other the last.
 */

/** A name that stands twice in one object. Its message is for whoever sent the text. */
export class DuplicateName extends Error {}

/**
 * @param names how many names the text has outside of its strings' content, where that was counted
 * @throws SyntaxError where it is no JSON; DuplicateName
 */
export function parseStrictJson(text: string, names: number = countColons(text)): unknown {
  const value: unknown = JSON.parse(text);
  if (namesIn(value) !== names)
    throw new DuplicateName(`The name ${shown(duplicateIn(text))} stands twice in one object.`);
  return value;
}

/** What JSON.parse has kept: of names that stand twice, one. */
function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) count += namesIn(value[at]);
    return count;
  }
  const object = value as Record<string, unknown>;
  // Nothing that JSON.parse makes has anything but ordinary properties of its own.
  for (const name in object) {
    count++;
    const inner = object[name];
    if (typeof inner === 'object') count += namesIn(inner);
  }
  return count;
}

function countColons(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) at = endOfString(text, at);
    else if (unit === colon) count++;
  }
  return count;
}

/** Of a text that is known to be JSON. */
function duplicateIn(text: string): string {
  const open: Set<string>[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) {
      const end = endOfString(text, at);
      last = text.slice(at, end + 1);
      at = end;
    } else if (unit === openBrace) open.push(new Set());
    else if (unit === closeBrace) open.pop();
    else if (unit === colon) {
      const name = String(JSON.parse(last));
      const known = open.at(-1);
      if (known?.has(name)) return name;
      known?.add(name);
    }
  }
  return '';
}

/** Where the string that begins at `start` ends. Long ones are the rule: they are not walked through. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const end = text.indexOf('"', from);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    from = end + 1;
  }
}

/** As JSON writes it, and no longer than one reads: its characters may be anything. */
function shown(name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name;
  return JSON.stringify(short).replace(
    /[^\x20-\x7e…]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
