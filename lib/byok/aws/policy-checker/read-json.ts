import { isInvisible, nameOfCharacter } from './characters.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Line and column count from 1, and point at what cannot stand there. */
export type JsonProblem = { line: number; column: number; message: string };

/** A value and its place in the text, so that what is not changed can stay word for word. */
export type JsonNode = {
  value: Json;
  from: number;
  /** Behind its last character. */
  to: number;
  items?: JsonNode[];
  members?: Map<string, JsonNode>;
};

/**
 * Reads JSON by itself, since browsers word their errors differently and not all say where. A name that is given twice
 * is refused: everybody else would silently take the last one, and whoever reads the text might see the first.
 */
export function readJson(text: string): { ok: true; value: Json } | { ok: false; problem: JsonProblem } {
  const read = readTree(text);
  return read.ok ? { ok: true, value: read.node.value } : read;
}

/** The same with the place of each value. */
export function readTree(text: string): { ok: true; node: JsonNode } | { ok: false; problem: JsonProblem } {
  const reader = new Reader(text);
  try {
    return { ok: true, node: reader.whole() };
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
    // A byte order mark is what some editors begin a file with.
    if (text.startsWith('\ufeff')) this.at = 1;
  }

  whole(): JsonNode {
    const node = this.value();
    this.space();
    if (this.at < this.text.length) this.stop(this.hidden() ?? 'There is something after the end of the policy.');
    return node;
  }

  private value(): JsonNode {
    this.space();
    const from = this.at;
    const next = this.text[from];
    if (next === '{' || next === '[') return this.deeper(next === '{' ? () => this.object() : () => this.list());
    if (next === '"') return { value: this.string(), from, to: this.at };
    if (next === undefined) this.stop('The text ends too early: something is still open.');
    const word = this.match(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y);
    if (word === undefined) return this.stop(unexpected(next));
    this.at += word.length;
    return { value: JSON.parse(word) as Json, from, to: this.at };
  }

  private deeper(read: () => JsonNode): JsonNode {
    if (++this.depth > maxDepth) this.stop('This is nested deeper than a policy can be.');
    const from = this.at;
    this.at += 1;
    const node = read();
    this.depth -= 1;
    return { ...node, from, to: this.at };
  }

  private object(): JsonNode {
    const members = new Map<string, JsonNode>();
    if (this.skip('}')) return inside({}, { members });
    do {
      this.space();
      const at = this.at;
      if (this.text[at] === '}') this.stop('There is a comma before the closing brace.');
      if (this.text[at] !== '"') this.stop(at < this.text.length ? unexpected(this.text[at]) : ended);
      const name = this.string();
      if (members.has(name)) this.stop(`The name ${JSON.stringify(name)} is given twice here.`, at);
      if (!this.skip(':')) this.stop(this.hidden() ?? `A colon is missing after ${JSON.stringify(name)}.`);
      members.set(name, this.value());
    } while (this.skip(','));
    if (!this.skip('}')) this.stop(this.missing('A comma or a closing brace is missing before this.'));
    return inside(Object.fromEntries([...members].map(([name, { value }]) => [name, value])), { members });
  }

  private list(): JsonNode {
    const items: JsonNode[] = [];
    if (this.skip(']')) return inside([], { items });
    do {
      this.space();
      if (this.text[this.at] === ']') this.stop('There is a comma before the closing bracket.');
      items.push(this.value());
    } while (this.skip(','));
    if (!this.skip(']')) this.stop(this.missing('A comma or a closing bracket is missing before this.'));
    return inside(
      items.map(({ value }) => value),
      { items },
    );
  }

  private string(): string {
    const whole = this.match(/"(?:[^"\\\r\n]|\\.)*"/y);
    if (whole === undefined) return this.stop('This text in quotes does not end on its line.');
    try {
      const value = JSON.parse(whole) as string;
      this.at += whole.length;
      return value;
    } catch {
      return this.stop('This text in quotes contains a character or escape that JSON does not allow.');
    }
  }

  private match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.at;
    return sticky.exec(this.text)?.[0];
  }

  private skip(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private missing(message: string): string {
    return this.at >= this.text.length ? ended : (this.hidden() ?? message);
  }

  /** What cannot be seen is named: whoever looks at the text finds nothing there. */
  private hidden(): string | undefined {
    const next = this.text[this.at];
    return next !== undefined && isInvisible(next) ? unexpected(next) : undefined;
  }

  private space(): void {
    const space = this.match(/[ \t\r\n]+/y);
    this.at += space?.length ?? 0;
  }

  private stop(message: string, at = this.at): never {
    throw new Unreadable(at, message);
  }
}

function inside(value: Json, parts: Pick<JsonNode, 'items' | 'members'>): JsonNode {
  return { value, from: 0, to: 0, ...parts };
}

const ended = 'The text ends too early: something is still open.';

function unexpected(character: string | undefined): string {
  if (character !== undefined && isInvisible(character)) {
    return `There is an invisible character here: a ${nameOfCharacter(character)}. Remove it, or type a plain space.`;
  }
  if (character !== undefined && '“”„‟«»‘’'.includes(character)) {
    return `The quotation mark ${character} comes from a word processor; JSON wants ".`;
  }
  if (character === "'") return 'JSON wants double quotation marks.';
  if (character === '/' || character === '#') return 'JSON has no comments.';
  return `“${character ?? ''}” is not allowed here.`;
}
