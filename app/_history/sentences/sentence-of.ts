import type { HistoryEvent, HistoryNames } from '#lib/byok/account-views.ts';
import { ownHistoryWords } from '#lib/byok/providers.ts';
import { repeatedIn, repeatedWords } from '#lib/byok/repeated-refusals.ts';
import { visible } from '#lib/byok/visible-text.ts';
import { wordsOf } from '../words.ts';
import { appSentences } from './app-sentences.ts';
import { keySentences } from './key-sentences.ts';
import { peopleSentences, readSentences } from './people-sentences.ts';
import { refusedBecause } from './refused-because.ts';
import { type Entry, type Sentence, say, type Told, textIn, theKey } from './sentence.ts';

/** An event as one sentence, with the names of people and things. What Keyward does not know keeps its own name. */
export function sentenceOf(event: HistoryEvent, names: HistoryNames): Sentence {
  const told = { event, names };
  const entry = entryOf(event.operation);
  const who = { name: subjectOf(event.actor) };
  if (!entry) return say`${who}: ${wordsOf(event.operation)}`;
  if ('tells' in entry) return capitalised(trimmed(entry.tells(told)));
  if (event.outcome === 'done') return say`${who} ${entry.did(told)}`;
  return say`${who} tried to ${entry.tries(told)}. ${whyNot(event)}`;
}

/** Every operation and event that has a sentence of its own. */
export function toldOperations(): string[] {
  return Object.keys(table);
}

const table: Readonly<Record<string, Entry>> = {
  ...keySentences,
  ...appSentences,
  ...peopleSentences,
  ...readSentences,
  ...Object.fromEntries(
    ownHistoryWords().flatMap(({ sentences }) =>
      Object.entries(sentences).map(([operation, { did, tries }]): [string, Entry] => [
        operation,
        { did: withKey(did), tries: withKey(tries) },
      ]),
    ),
  ),
};

function entryOf(operation: string): Entry | undefined {
  return Object.hasOwn(table, operation) ? table[operation] : undefined;
}

/** A provider's own sentence, with the key's name where it says so. */
function withKey(text: string): (told: Told) => Sentence {
  const [before = '', after = ''] = text.split('{key}');
  return (told) => (text.includes('{key}') ? say`${before}${theKey(told)}${after}` : [text]);
}

function whyNot(event: HistoryEvent): string {
  const because = refusedBecause(event.code, event.actorRole) || visible(textIn(event.after, 'reason') ?? '');
  const repeated = event.outcome === 'done' ? undefined : repeatedIn(event.after);
  const often = repeated && event.outcome !== 'done' ? `${repeatedWords(repeated, event.outcome)}.` : '';
  return [because, often].filter((text) => text !== '').join(' ') || 'It failed.';
}

/** Who did it, as a sentence begins. */
function subjectOf(actor: string): string {
  if (actor === 'unknown address') return 'An unknown address';
  return actor.includes('@') ? visible(actor) : visible(actor).replace(/^./, (first) => first.toUpperCase());
}

function capitalised(sentence: Sentence): Sentence {
  const [first, ...rest] = sentence;
  return typeof first === 'string' ? [first.replace(/^./, (letter) => letter.toUpperCase()), ...rest] : sentence;
}

/** Without what an empty reason leaves at the end. */
function trimmed(sentence: Sentence): Sentence {
  const last = sentence.at(-1);
  return typeof last === 'string' ? [...sentence.slice(0, -1), last.trimEnd()] : sentence;
}
