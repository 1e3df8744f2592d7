import { setImmediate as otherTurns } from 'node:timers/promises';
import type { Result } from '../byok/errors.ts';
import { DuplicateName, parseStrictJson } from '../byok/strict-json.ts';
import { maxItems } from '../operations/data/items.ts';
import type { Call } from './call.ts';
import type { ItemSpan } from './json-shape.ts';
import { tooFast } from './too-fast.ts';

export type Slicing = {
  /** The body as it came in; let go of as it is worked on. */
  body: Buffer[];
  /** Where the items lie in it, and how many names there are in all. */
  spans: readonly ItemSpan[];
  names: number;
  /** @returns 0, or in how many milliseconds so many items may be sent again */
  mayTake(count: number): number;
  /** Some of the items, as an answer's JSON or an operation's result. */
  answer(items: unknown[]): Promise<string | Result<{ items: unknown[] }>>;
};

/**
 * Answers a large batch slice by slice: parsed, sealed or opened, and written for a few items at a time, with a turn of the
 * event loop for everybody else in between. Its memory is the body's, which becomes the answer's as it goes on. It is answered
 * as a whole or refused as a whole, like any other.
 */
export async function answerLarge(call: Call, slicing: Slicing): Promise<void> {
  try {
    await answerAll(call, slicing);
  } catch (error) {
    if (!(error instanceof DuplicateName)) throw error;
    call.refuse('invalid-input', { fields: { body: error.message } });
  }
}

async function answerAll(call: Call, slicing: Slicing): Promise<void> {
  const places = placesIn(slicing);
  const waitMs = slicing.mayTake(places.length > maxItems ? 1 : Math.max(1, places.length));
  if (waitMs > 0) return call.refuse('too-many-requests', tooFast(waitMs));
  // What has too many items, or none, is the operation's to refuse.
  if (places.length === 0 || places.length > maxItems) return refuse(call, await slicing.answer(places));
  const body = new Consumed(slicing.body);
  const pieces: Buffer[] = [Buffer.from('{"items":[')];
  for (let at = 0; at < places.length && !call.isAnswered; ) {
    const items: unknown[] = [];
    for (let bytes = 0; at < places.length && bytes < sliceBytes; at++) {
      const span = spanAt(places[at], slicing.spans);
      if (span === undefined) items.push(places[at]);
      else {
        const item = parseItem(body, span);
        // No JSON after all: as in a small batch there is nothing in it.
        if (item === undefined) return refuse(call, await slicing.answer([]));
        items.push(item.value);
        bytes += span.end - span.start;
      }
    }
    const answered = await slicing.answer(items);
    if (typeof answered !== 'string' && !answered.ok) return call.answerResult(answered);
    const text = typeof answered === 'string' ? answered : JSON.stringify(answered.data);
    const list = text.slice('{"items":['.length, -']}'.length);
    pieces.push(Buffer.from(pieces.length === 1 ? list : `,${list}`));
    call.extend();
    await otherTurns();
  }
  body.end();
  pieces.push(Buffer.from(']}'));
  await call.answerPieces(pieces);
}

function refuse(call: Call, answered: string | Result<object>): void {
  if (typeof answered !== 'string') call.answerResult(answered);
  else call.refuse('invalid-input');
}

/**
 * The batch with a list of one number in place of each item that is a list or an object: which one it is. What is left is
 * small, and parsing it says whether the whole is JSON, but for the items.
 */
function placesIn({ body, spans, names }: Slicing): unknown[] {
  const pieces: Buffer[] = [];
  let from = 0;
  let left = names;
  for (const [index, { start, end, names: inside }] of spans.entries()) {
    pieces.push(...piecesOf(body, from, start), Buffer.from(`[${index}]`));
    from = end;
    left -= inside;
  }
  pieces.push(...piecesOf(body, from, Number.POSITIVE_INFINITY));
  try {
    return itemsOf(parseStrictJson(Buffer.concat(pieces).toString('utf8'), left));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The items of a body's JSON; none where it is nothing that could be a batch. */
export function itemsOf(parsed: unknown): unknown[] {
  const items: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'items') : undefined;
  return Array.isArray(items) ? items : [];
}

function spanAt(place: unknown, spans: readonly ItemSpan[]): ItemSpan | undefined {
  return Array.isArray(place) ? spans[Number(place[0])] : undefined;
}

function parseItem(body: Consumed, { start, end, names }: ItemSpan): { value: unknown } | undefined {
  const text = Buffer.concat(piecesOf(body.upTo(start), start - body.offset, end - body.offset)).toString('utf8');
  try {
    return { value: parseStrictJson(text, names) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A body of which what lies behind is let go. */
class Consumed {
  /** Where what is left of it begins. */
  offset = 0;
  readonly #pieces: Buffer[];

  constructor(pieces: Buffer[]) {
    this.#pieces = pieces;
  }

  upTo(start: number): Buffer[] {
    let passed = 0;
    for (const { length } of this.#pieces) {
      if (this.offset + length > start) break;
      this.offset += length;
      passed++;
    }
    this.#pieces.splice(0, passed);
    return this.#pieces;
  }

  end(): void {
    this.#pieces.length = 0;
  }
}

/** What lies between two places of a text that is in pieces. */
function piecesOf(pieces: readonly Buffer[], from: number, to: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (at >= to) break;
    if (at + piece.length > from) found.push(piece.subarray(Math.max(0, from - at), Math.min(piece.length, to - at)));
    at += piece.length;
  }
  return found;
}

/** Of a body, at once: about ten milliseconds' work. */
const sliceBytes = 1024 * 1024;
