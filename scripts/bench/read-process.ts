/**
 * One of the vendor's services as far as reading is concerned: opens envelopes at an even pace, whether or not the ones before
 * have been answered, and says how long each took.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '#lib/auth/identify.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { closeKeyring } from '#lib/keyring/keyring.ts';
import { decryptItems } from '#lib/operations/data/decrypt-items.ts';
import { serve } from './child.ts';
import { holdInProcess } from './in-process-keys.ts';

export interface Sealed {
  appId: string;
  envelope: string;
  context: Record<string, string>;
}

export type ReadCommand =
  | { do: 'hold'; versionId: string; rootKey: string }
  | { do: 'start'; bearer: string; sealed: Sealed[]; perSecond: number }
  | { do: 'stop' };

/** Milliseconds. */
export interface ReadAnswer {
  reads: number;
  p50: number;
  p99: number;
  longest: number;
}

/** How late a timer may be by itself: what it is late beyond that, somebody waited. */
const timerMs = 1.5;

let stopped = true;
let reading: Promise<number[]> = Promise.resolve([]);
serve(answer, async () => {
  await closeKeyring();
  await closeDatabase();
});

async function answer(command: ReadCommand): Promise<ReadAnswer> {
  if (command.do === 'hold') holdInProcess(command.versionId, command.rootKey);
  if (command.do === 'start') {
    stopped = false;
    reading = readOn(command);
  }
  if (command.do !== 'stop') return summary([]);
  stopped = true;
  return summary(await reading);
}

async function readOn({ bearer, sealed, perSecond }: ReadCommand & { do: 'start' }): Promise<number[]> {
  const caller: Caller = { kind: 'token', bearer };
  const times: number[] = [];
  const underWay = new Set<Promise<void>>();
  const everyMs = 1000 / perSecond;
  let due = performance.now();
  for (let n = 0; !stopped; n++) {
    due += everyMs;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const item = sealed[(n * 7_919) % sealed.length];
    if (!item) throw new Error('There is nothing to read.');
    const began = Math.min(performance.now(), due + timerMs);
    const read = open(caller, item).then(() => void times.push(performance.now() - began));
    underWay.add(read);
    void read.finally(() => underWay.delete(read)).catch(() => undefined);
  }
  await Promise.all(underWay);
  return times;
}

async function open(caller: Caller, { appId, envelope, context }: Sealed): Promise<void> {
  const result = await decryptItems(caller, { appId, items: [{ envelope, context }] });
  const item = result.ok ? result.data.items[0] : undefined;
  if (!item || !('plaintext' in item)) throw new Error(`An envelope did not open: ${JSON.stringify(result)}`);
}

function summary(times: number[]): ReadAnswer {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { reads: times.length, p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? 0 };
}
