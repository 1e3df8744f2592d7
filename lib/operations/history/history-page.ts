import { z } from 'zod';
import type { HistoryEvent, HistoryNames, HistoryView } from '../../byok/account-views.ts';
import { isMessage } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { repeatedIn } from '../../byok/repeated-refusals.ts';
import { namesInHistory } from '../../db/history-names.ts';
import { countAudit, findEvent, type HistoryFilter, type HistoryScope, listAudit } from '../../db/history-store.ts';
import { nameOf } from '../../db/person-names.ts';
import { flushEndedRefusals } from '../../db/refusal-counts.ts';

export const historyInput = z.object({
  before: z.uuid().optional(),
  /** The first event to show: the address of a page, which stays true however many follow it. */
  from: z.uuid().optional(),
  limit: z.int().min(1).max(1_000).optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  operation: z.string().max(60).optional(),
  /** Any of these. */
  operations: z.array(z.string().max(60)).max(200).optional(),
  /** As it is stored. */
  actor: z.string().max(400).optional(),
  since: z.iso.datetime().optional(),
  /** Exclusive. */
  until: z.iso.datetime().optional(),
  keyId: z.uuid().optional(),
  appId: z.uuid().optional(),
  /** For a screen: what the IDs name, and how many there are. An export goes without. */
  view: z.boolean().optional(),
  /** An event to be told besides, wherever it stands. */
  event: z.uuid().optional(),
});

const mostCounted = 10_000;

export async function historyPage(
  scope: HistoryScope,
  { limit = 50, before, from, view = false, event, ...input }: z.output<typeof historyInput>,
): Promise<HistoryView> {
  // Whatever minute is over is told before it is read, also where no worker runs.
  await flushEndedRefusals();
  const filter = filterOf(input);
  const [found, count, opened] = await Promise.all([
    listAudit(scope, { ...filter, before, from, limit: limit + 1 }),
    view ? countAudit(scope, filter, mostCounted + 1) : 0,
    event ? findEvent(scope, event) : undefined,
  ]);
  const page = found.slice(0, limit);
  const told = opened ? [...page, opened] : page;
  return {
    events: page.map(inWords),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    names: view
      ? {
          ...(await namesInHistory(scope, [...new Set([...told.flatMap(idsIn), ...chosenIds(filter)])])),
          ...(await nameOfActor(scope, filter.actor)),
        }
      : {},
    opened: opened ? inWords(opened) : null,
    total: { count: Math.min(count, mostCounted), atLeast: count > mostCounted },
  };
}

/** Of somebody who has done nothing here no name is told: the ID may be of a person of another tenant. */
async function nameOfActor(scope: HistoryScope, actor: string | undefined): Promise<HistoryNames> {
  if (actor === undefined || (await countAudit(scope, { actor }, 1)) === 0) return {};
  return { [actor]: { kind: 'person', name: await nameOf(actor) } };
}

function filterOf(input: z.output<typeof historyInput>): HistoryFilter {
  const { operation, operations, since, until, keyId, appId, ...rest } = input;
  const named = operation ? [operation] : operations;
  return {
    ...rest,
    operations: operation && operations ? operations.filter((one) => one === operation) : named,
    since: since ? new Date(since) : undefined,
    until: until ? new Date(until) : undefined,
    // As they are stored, and compared as text.
    keyId: keyId?.toLowerCase(),
    appId: appId?.toLowerCase(),
  };
}

function chosenIds({ keyId, appId }: HistoryFilter): string[] {
  return [keyId, appId].filter((id) => id !== undefined);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Everything in an event that may be the ID of something with a name. */
function idsIn({ target, before, after }: HistoryEvent): string[] {
  const values = [target, ...valuesOf(before), ...valuesOf(after), ...(repeatedIn(after)?.targets ?? [])];
  return values.filter((value): value is string => typeof value === 'string' && uuid.test(value));
}

function valuesOf(recorded: unknown): unknown[] {
  return typeof recorded === 'object' && recorded !== null ? Object.values(recorded) : [];
}

/** Messages among what was and what is, in words. An event from before messages has words there, and keeps them. */
function inWords(event: HistoryEvent): HistoryEvent {
  return { ...event, before: fieldsInWords(event.before), after: fieldsInWords(event.after) };
}

function fieldsInWords(recorded: unknown): unknown {
  if (typeof recorded !== 'object' || recorded === null || Array.isArray(recorded)) return recorded;
  const fields = Object.entries(recorded).map(([name, value]) => [name, isMessage(value) ? wordsOf(value) : value]);
  return Object.fromEntries(fields);
}
