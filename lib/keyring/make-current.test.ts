import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCurrentDataKey } from '../db/data-key-store.ts';
import { elapsedMs } from '../envelope/clock.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { currentRow, type MakeCurrent } from './make-current.ts';
import { providerFor } from './providers.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

it('whoever reads a data key that this process has just stored waits until it is in memory', async () => {
  const scope = { tenantId: world.acme.id, appId: world.acme.apps[0]?.id ?? '' };
  const [stored, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const make: MakeCurrent = {
    read: async (asked) => {
      const row = await findCurrentDataKey(asked);
      return row && { row, readAt: elapsedMs() };
    },
    provider: providerFor,
    making: new Map(),
    refused: (_versionId, error) => Promise.reject(error),
    onGenerated: () => {
      stored.resolve();
      return released.promise;
    },
  };
  const order: string[] = [];
  const first = currentRow(scope, make).then(() => order.push('first'));
  await stored.promise;
  const late = currentRow(scope, make).then(() => order.push('late'));
  // The row is there to be read, and would be within a few milliseconds.
  await pass(200);
  expect(order).toEqual([]);
  released.resolve();
  await Promise.all([first, late]);
  expect(order.toSorted()).toEqual(['first', 'late']);
});
