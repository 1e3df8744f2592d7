/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Line and column count from 1, and point at what cannot stand there. */
export type JsonProblem = { line: number; column: number; message: string };

/**
 * Reads JSON by itself, since browsers word their errors differently and not all say where. A name that is given twice
 * is refused: everybody else would silently take the last one, and whoever reads the text might see the first.
 */
export function readJson(text: string): { ok: true; value: Json } | { ok: false; problem: JsonProblem } {
  const reader = new Reader(text);
  try {
    return { ok: true, value: reader.whole() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const before = text.slice(0, error.at).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { ok: false, problem: { line: before.length, column, message: error.message } };
  }
}

class Unreadable extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Deeper than any policy; it keeps a text of brackets from using up the stack. */
const maxDepth = 100;

class Reader {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.stop('There is something after the end of the policy.');
    return value;
  }

  private value(): Json {
    this.space();
    const next = this.text[this.at];
    if (next === '{' || next === '[') return this.deeper(next === '{' ? () => this.object() : () => this.list());
    if (next === '"') return this.string();
    if (next === undefined) this.stop('The text ends too early: something is still open.');
    const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      this.text.slice(this.at),
    );
    if (word) {
      this.at += word[0].length;
      return JSON.parse(word[0]) as Json;
    }
    return this.stop(unexpected(next));
  }

  private deeper(read: () => Json): Json {
    if (++this.depth > maxDepth) this.stop('This is nested deeper than any policy.');
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private object(): Json {
    const entries = new Map<string, Json>();
    if (this.skip('}')) return {};
    do {
      this.space();
      const at = this.at;
      if (this.text[at] === '}') this.stop('There is a comma before the closing brace.');
      if (this.text[at] !== '"') this.stop(at < this.text.length ? unexpected(this.text[at]) : ended);
      const name = this.string();
      if (entries.has(name)) this.stop(`The name ${JSON.stringify(name)} is given twice here.`, at);
      if (!this.skip(':')) this.stop(`A colon is missing after ${JSON.stringify(name)}.`);
      entries.set(name, this.value());
    } while (this.skip(','));
    if (!this.skip('}')) this.stop(this.atEnd() ? ended : 'A comma or a closing brace is missing before this.');
    return Object.fromEntries(entries);
  }

  private list(): Json {
    const items: Json[] = [];
    if (this.skip(']')) return items;
    do {
      this.space();
      if (this.text[this.at] === ']') this.stop('There is a comma before the closing bracket.');
      items.push(this.value());
    } while (this.skip(','));
    if (!this.skip(']')) this.stop(this.atEnd() ? ended : 'A comma or a closing bracket is missing before this.');
    return items;
  }

  private string(): string {
    const [whole] = /^"(?:[^"\\\r\n]|\\.)*"/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) return this.stop('This text in quotes does not end on its line.');
    try {
      const value = JSON.parse(whole) as string;
      this.at += whole.length;
      return value;
    } catch {
      return this.stop('This text in quotes has a character or an escape in it that JSON does not know.');
    }
  }

  private skip(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private atEnd(): boolean {
    return this.at >= this.text.length;
  }

  private space(): void {
    while (/^[ \t\r\n\ufeff]$/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private stop(message: string, at = this.at): never {
    throw new Unreadable(at, message);
  }
}

const ended = 'The text ends too early: something is still open.';

function unexpected(character: string | undefined): string {
  if (character !== undefined && '“”„‟«»‘’'.includes(character)) {
    return `The quotation mark ${character} comes from a word processor; JSON wants ".`;
  }
  if (character === "'") return 'JSON wants double quotation marks.';
  if (character === '/' || character === '#') return 'JSON has no comments.';
  return `“${character ?? ''}” cannot stand here.`;
}
