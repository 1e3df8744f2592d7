/** How deep a body may nest: the batch, its list, an item, its context; and room for what is not looked at. */
export const maxDepth = 8;
/** Lists and objects in a body: twice as many as a full batch has. */
export const maxContainers = 500;
/** Names in one object: twice as many as a context may have. */
export const maxMembers = 64;
/** Names and values in a body: twice as many as a full batch has whose contexts are full. */
export const maxTokens = 16_000;
/** Bytes between the texts: brackets, commas, numbers, and a layout for people. */
export const maxBytesBetween = 1024 * 1024;
/** One item, three times as long as any that is accepted; and all that is not part of an item. */
export const maxPartBytes = 4 * 1024 * 1024;

/** Where in the body an item lies, and how many names it has. */
export type ItemSpan = { start: number; end: number; names: number };

/**
 * Looks through JSON as it comes in, piece by piece and before any of it is parsed, for what no batch has: a few megabytes of
 * brackets or names would become gigabytes. Texts are leapt over. A text that is no JSON may be judged either way; parsing it
 * says what it is.
 */
export class JsonShape {
  /** What is too much, in a sentence for whoever sent it. */
  fault: string | undefined;
  /** All names in it. */
  names = 0;
  /** Lists and objects on the third level, in their order: a batch's items. */
  readonly items: ItemSpan[] = [];
  readonly #members: number[] = [];
  #depth = 0;
  #containers = 0;
  #tokens = 0;
  /** Bytes before this piece; of those, how many in texts, and how many in items that have ended. */
  #before = 0;
  #inTexts = 0;
  #inItems = 0;
  #isInText = false;
  /** Whether the next byte stands behind a backslash. */
  #isEscaped = false;
  #itemStart = 0;
  #namesBefore = 0;

  /** @returns whether it may still become a batch */
  take(bytes: Uint8Array): boolean {
    const length = bytes.length;
    let at = this.#isInText ? this.#leap(bytes, 0) : 0;
    for (; at < length && this.fault === undefined; at++) {
      switch (bytes[at]) {
        case quote:
          at = this.#leap(bytes, at + 1) - 1;
          break;
        case openBrace:
        case openBracket:
          this.#open(this.#before + at);
          break;
        case closeBrace:
        case closeBracket:
          this.#close(this.#before + at + 1);
          break;
        case colon:
          this.names++;
          this.#tokens++;
          this.#countMember();
          break;
        case comma:
          this.#tokens++;
          break;
      }
    }
    this.#before += length;
    this.fault ??= this.#tooMuch();
    return this.fault === undefined;
  }

  #open(at: number): void {
    this.#containers++;
    this.#tokens++;
    this.#depth++;
    if (this.#depth > maxDepth) this.fault = `Nest at most ${maxDepth} levels.`;
    else if (this.#containers > maxContainers) this.fault = `Send at most ${maxContainers} lists and objects.`;
    else {
      this.#members[this.#depth] = 0;
      if (this.#depth === itemDepth) {
        this.#itemStart = at;
        this.#namesBefore = this.names;
      }
    }
  }

  #close(end: number): void {
    if (this.#depth === itemDepth) {
      this.items.push({ start: this.#itemStart, end, names: this.names - this.#namesBefore });
      this.#inItems += end - this.#itemStart;
      if (end - this.#itemStart > maxPartBytes) this.fault = itemTooLong;
    }
    // More ends than beginnings: the parser says so.
    if (this.#depth > 0) this.#depth--;
  }

  #countMember(): void {
    const count = (this.#members[this.#depth] ?? 0) + 1;
    this.#members[this.#depth] = count;
    if (count > maxMembers) this.fault = `Give an object at most ${maxMembers} names.`;
  }

  #tooMuch(): string | undefined {
    if (this.#tokens > maxTokens) return `Send at most ${maxTokens} names and values.`;
    if (this.#before - this.#inTexts > maxBytesBetween)
      return `Send at most ${maxBytesBetween} bytes of layout, brackets and numbers.`;
    const inItem = this.#depth >= itemDepth ? this.#before - this.#itemStart : 0;
    if (inItem > maxPartBytes) return itemTooLong;
    if (this.#before - this.#inItems - inItem > maxPartBytes)
      return `Send at most ${maxPartBytes} bytes that are not part of an item.`;
    return undefined;
  }

  /** @returns where the text ends in which `from` lies: behind its quotation mark, or at the end of the piece */
  #leap(bytes: Uint8Array, from: number): number {
    const end = this.#endOfText(bytes, from);
    this.#inTexts += end - from;
    return end;
  }

  #endOfText(bytes: Uint8Array, from: number): number {
    // For most names and short values a loop is faster than a call out of JavaScript.
    if (!this.#isEscaped) {
      for (let at = from; at < from + short; at++) {
        const byte = bytes[at];
        if (byte === quote) {
          this.#isInText = false;
          return at + 1;
        }
        if (byte === backslash) break;
      }
    }
    for (let start = from; ; ) {
      const end = bytes.indexOf(quote, start);
      const isEscaped = this.#isBehindBackslash(bytes, from, end < 0 ? bytes.length : end);
      if (end < 0) {
        this.#isInText = true;
        this.#isEscaped = isEscaped;
        return bytes.length;
      }
      if (!isEscaped) {
        this.#isInText = false;
        this.#isEscaped = false;
        return end + 1;
      }
      start = end + 1;
    }
  }

  /** Whether an odd number of backslashes stands before `at`, where the text, or the rest of it, begins at `from`. */
  #isBehindBackslash(bytes: Uint8Array, from: number, at: number): boolean {
    let first = at;
    while (first > from && bytes[first - 1] === backslash) first--;
    const carried = first === from && this.#isEscaped ? 1 : 0;
    return (at - first + carried) % 2 === 1;
  }
}

const itemDepth = 3;
const itemTooLong = `Send items of at most 1 MiB: one is longer than ${maxPartBytes} bytes.`;
const short = 96;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
