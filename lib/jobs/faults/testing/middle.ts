import { type Begun, isOver } from './changes.ts';
import { type Stage, until } from './stage.ts';

/**
 * For tests: begins a change whose calls are slow, and waits until a worker is in the middle of it: some of its calls to
 * the customer's keys have been answered. Fails where the change was over before that was seen.
 */
export async function inTheMiddle(stage: Stage, begin: () => Promise<Begun>, calls = 3): Promise<Begun> {
  const { aws } = stage.world;
  await aws.faults({ kind: 'latency', ms: 80, service: 'kms' });
  const begun = await begin();
  // What was asked before the command, to prove and to test, is no part of the change.
  await aws.send('DELETE', 'calls');
  await until(async () => (await isOver(begun)) || (await answered(stage)) >= calls);
  if (await isOver(begun)) throw new Error('the change was over before anybody saw the middle of it');
  return begun;
}

/** Calls to the customer's keys that were answered since the log was emptied. */
export async function answered({ world }: Stage, eventName?: string): Promise<number> {
  const calls = await world.aws.calls();
  return calls.filter(
    (call) =>
      !call.errorCode && call.eventSource === 'kms.amazonaws.com' && (!eventName || call.eventName === eventName),
  ).length;
}
