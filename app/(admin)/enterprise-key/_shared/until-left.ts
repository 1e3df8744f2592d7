/**
 * The same events, for a reader who may leave. React ends a stream whose reader has gone by throwing into it; here that
 * becomes an ordinary ending of what made the events, so that leaving is not taken for a failure of the work itself.
 */
export async function* untilLeft<Event>(events: AsyncGenerator<Event>): AsyncGenerator<Event> {
  for await (const event of events) yield event;
}
