import type { HistoryEvent, HistoryName, HistoryNames } from '#lib/byok/account-views.ts';
import { countOf, formatInstant } from '#lib/byok/format.ts';
import { visible } from '#lib/byok/visible-text.ts';

/** Text, a name that stands out, or an instant that is shown on the reader's own clock. */
export type Piece = string | { name: string } | { at: string };
export type Sentence = readonly Piece[];

/** An event with what its IDs name now. */
export type Told = { event: HistoryEvent; names: HistoryNames };

/** What somebody did: "rotated byok-prod to version 2", and after "tried to": "rotate byok-prod". */
type Act = { did: (told: Told) => Sentence; tries: (told: Told) => Sentence };
/** What happened without anybody's doing, as a whole sentence. */
type Happening = { tells: (told: Told) => Sentence };
export type Entry = Act | Happening;

/** A sentence of text with names, instants and other sentences in it. */
export function say(texts: TemplateStringsArray, ...values: (Piece | Sentence | number)[]): Sentence {
  const pieces = texts.flatMap((text, index): Piece[] => {
    const value = values[index];
    if (value === undefined) return [text];
    if (Array.isArray(value)) return [text, ...(value as Sentence)];
    return [text, typeof value === 'number' ? String(value) : (value as Piece)];
  });
  return pieces.filter((piece) => piece !== '');
}

export function plainText(sentence: Sentence): string {
  return sentence
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      return 'name' in piece ? piece.name : formatInstant(piece.at);
    })
    .join('');
}

/** The same thing done and tried, such as "changed" and "change". */
export function act(did: string, tries: string, what: (told: Told) => Sentence): Entry {
  return {
    did: (told) => say`${did} ${what(told)}`,
    tries: (told) => say`${tries} ${what(told)}`,
  };
}

const kindWords = {
  key: 'key',
  app: 'app',
  bot: 'bot',
  token: 'token',
  tenant: 'tenant',
  person: 'account',
  'authorization-profile': 'authorization profile',
} as const satisfies Record<HistoryName['kind'], string>;

/** By its name; what is gone by its kind and the beginning of its ID. */
export function named(id: string | null, kind: HistoryName['kind'], { names }: Told): Piece {
  if (id === null) return `${/^[aeiou]/.test(kindWords[kind]) ? 'an' : 'a'} ${kindWords[kind]}`;
  const known = names[id];
  return known ? { name: visible(known.name) } : `a deleted ${kindWords[kind]} (${id.slice(0, 8)})`;
}

/** The key that is the event's target. */
export function theKey(told: Told): Piece {
  return named(told.event.target, 'key', told);
}

/** The app that an event is about; one that is gone by the name that it had then. */
export function theApp(told: Told): Piece {
  const id = textIn(told.event.after, 'appId') ?? told.event.target;
  const then = textIn(told.event.after, 'app');
  return id !== null && told.names[id] === undefined && then !== undefined
    ? { name: visible(then) }
    : named(id, 'app', told);
}

export function appsWords(count: number): string {
  return countOf(count, 'app or bot', 'apps and bots');
}

export function textIn(recorded: unknown, field: string): string | undefined {
  const value = valueIn(recorded, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function countIn(recorded: unknown, field: string): number | undefined {
  const value = valueIn(recorded, field);
  return typeof value === 'number' ? value : undefined;
}

export function valueIn(recorded: unknown, field: string): unknown {
  return typeof recorded === 'object' && recorded !== null ? Reflect.get(recorded, field) : undefined;
}

/** What somebody once entered, as a name. */
export function entered(recorded: unknown, field: string, otherwise: string): Piece {
  const text = textIn(recorded, field);
  return text === undefined ? otherwise : { name: visible(text) };
}
