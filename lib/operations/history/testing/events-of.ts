/** For tests: what a piece of work leaves in the history. */
import { db } from '../../../db/client.ts';
import type { AuditEvent } from '../../../db/generated/client.ts';

/** The events that `work` leaves, oldest first. */
export async function eventsOf(work: () => Promise<unknown>): Promise<AuditEvent[]> {
  const before = new Set((await db().auditEvent.findMany({ select: { id: true } })).map((event) => event.id));
  await work();
  const after = await db().auditEvent.findMany({ orderBy: { at: 'asc' } });
  return after.filter((event) => !before.has(event.id));
}

/** The one event that it leaves. */
export async function eventOf(work: () => Promise<unknown>): Promise<AuditEvent> {
  const events = await eventsOf(work);
  const [event, ...more] = events;
  if (!event || more.length > 0) throw new Error(`${events.length} events were left instead of one`);
  return event;
}
