import { z } from 'zod';
import type { HistoryEvent } from '../../byok/account-views.ts';
import { isMessage } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { type HistoryScope, listAudit } from '../../db/audit-store.ts';
import { flushEndedRefusals } from '../../db/refusal-counts.ts';

export const historyInput = z.object({
  before: z.uuid().optional(),
  /** The first event to show: the address of one event, which stays true however many follow it. */
  from: z.uuid().optional(),
  limit: z.int().min(1).max(1_000).optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  operation: z.string().max(60).optional(),
  /** What was done to it alone: the ID of a key. */
  target: z.uuid().optional(),
});

export async function historyPage(
  scope: HistoryScope,
  { limit = 50, ...filter }: z.output<typeof historyInput>,
): Promise<{ events: HistoryEvent[]; next: string | null }> {
  // Whatever minute is over is told before it is read, also where no worker runs.
  await flushEndedRefusals();
  const events = await listAudit(scope, { ...filter, limit: limit + 1 });
  const page = events.slice(0, limit);
  return { events: page.map(inWords), next: events.length > limit ? (page.at(-1)?.id ?? null) : null };
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
