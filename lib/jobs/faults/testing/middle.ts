import { type Begun, isOver } from './changes.ts';
import { type Stage, until } from './stage.ts';

/** So many calls of a kind pass for each app, of the eight or more that a change makes, three at once. */
const passing = 3;

/**
 * For tests: begins a change whose calls are slow, and waits until a worker is in the middle of it: some of its calls to the
 * customer's keys have been answered. Fails where the change was over before that was seen.
 * @param options.held the others are held back until the faults are set anew: it cannot be over before that. For processes that
 *   wait longer than what is to be looked at meanwhile takes
 */
export async function inTheMiddle(
  stage: Stage,
  begin: () => Promise<Begun>,
  { calls = 3, held = false } = {},
): Promise<Begun> {
  const { aws } = stage.world;
  const slow = { kind: 'latency', ms: 80, service: 'kms' };
  await aws.faults(slow);
  const begun = await begin();
  // What was asked before the command, to prove and to test, is no part of the change, and must not be held back.
  await aws.send('DELETE', 'calls');
  if (held) await aws.faults(slow, ...holdsOf(stage));
  await until(async () => (await isOver(begun)) || (await answered(stage)) >= calls);
  if (await isOver(begun)) throw new Error('the change was over before anybody saw the middle of it');
  return begun;
}

function holdsOf({ tenant }: Stage) {
  return tenant.apps.flatMap(({ id }) =>
    ['Encrypt', 'Decrypt'].map((action) => ({
      kind: 'hold',
      service: 'kms',
      action,
      context: { 'keyward:app': id },
      after: passing,
    })),
  );
}

/** Calls to the customer's keys that were answered since the log was emptied. */
export async function answered({ world }: Stage, eventName?: string): Promise<number> {
  const calls = await world.aws.calls();
  return calls.filter(
    (call) =>
      !call.errorCode && call.eventSource === 'kms.amazonaws.com' && (!eventName || call.eventName === eventName),
  ).length;
}
