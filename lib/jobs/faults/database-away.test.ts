import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabaseServer, type TestDatabaseServer } from '../../db/testing/test-database.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { activate, type Begun, chooseApps, ended, isOver, revert, rotate } from './testing/changes.ts';
import { inTheMiddle } from './testing/middle.ts';
import { makeStage, type Stage, until } from './testing/stage.ts';
import { expectWhole } from './testing/verdict.ts';

let server: TestDatabaseServer;
let world: World;
let stage: Stage;
let keyId: string;

beforeAll(async () => {
  server = await createTestDatabaseServer();
  world = await makeWorld({ recordsPerApp: 0, databaseUrl: server.url });
  stage = await makeStage(world, 'Tenant');
  await Promise.all([stage.fleet.start('app'), stage.fleet.start('worker')]);
  const activation = await activate(stage);
  await ended(activation);
  keyId = activation.keyId;
}, 120_000);
afterAll(async () => {
  await stage?.fleet.close();
  await world?.close();
  await server?.drop();
});

describe('PostgreSQL is stopped and started in the middle', () => {
  const table: [string, () => Promise<Begun>][] = [
    ['of a rotation', () => rotate(stage, keyId, { reencrypt: true })],
    ['of taking an app out', () => chooseApps(stage, keyId, appIds().slice(1))],
    ['of taking an app in', () => chooseApps(stage, keyId, appIds())],
    ['of a revert', () => revert(stage, keyId)],
  ];
  it.each(table)('%s: services are told so, and it goes on by itself', { timeout: 120_000 }, async (_, begin) => {
    const { fleet, tenant } = stage;
    const begun = await inTheMiddle(stage, begin);
    const before = fleet.refused.length;
    await server.stopServer();
    await until(async () => fleet.refused.length > before);
    await world.aws.faults();
    await server.startServer();
    // This process's own connections have to come back, too.
    await until(() => isOver(begun).catch(() => false));
    expect(fleet.members()).toHaveLength(2);
    await until(() => expectServed(stage));
    const others = fleet.refused.slice(before).filter(({ code }) => code !== 'unavailable');
    expect(others, fleet.tail()).toEqual([]);
    await expectWhole(tenant.id, fleet.ledger);
  });
});

/** Services are answered again. */
async function expectServed({ fleet }: Stage): Promise<true> {
  const [read, written] = [fleet.read(), fleet.ledger.recordIds.size];
  return until(async () => (fleet.read() > read && fleet.ledger.recordIds.size > written) || undefined);
}

function appIds(): string[] {
  return stage.tenant.apps.map((app) => app.id);
}
