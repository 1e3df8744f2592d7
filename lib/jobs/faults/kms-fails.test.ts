import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TransitionView } from '../../byok/transition-views.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { resumeMove } from '../../operations/transitions/resume-move.ts';
import { activate, type Begun, chooseApps, ended, revert, rotate } from './testing/changes.ts';
import { inTheMiddle } from './testing/middle.ts';
import { makeStage, pageOf, type Stage, until } from './testing/stage.ts';
import { expectOneWrapping, expectWhole } from './testing/verdict.ts';

type Fault = Parameters<World['aws']['faults']>[0];

/** What AWS does in the middle, what the page says of the change then, and what services may be refused with meanwhile. */
const faults: [string, Fault, { page: RegExp; services: RegExp }][] = [
  ['is silent', { kind: 'silence', service: 'kms' }, { page: /^key-outage$/, services: /^key-outage$/ }],
  [
    'throttles nine calls of ten',
    { kind: 'throttle', service: 'kms', rate: 0.9 },
    // Calls are repeated until they come through, so there may be nothing to say.
    { page: /^(key-outage|none)$/, services: /^key-outage$/ },
  ],
  [
    'refuses',
    { kind: 'error', service: 'kms', name: 'AccessDeniedException' },
    { page: /^key-revoked$/, services: /^key-revoked$/ },
  ],
  [
    'answers with another KeyId',
    { kind: 'wrong-key-id' },
    { page: /^cannot-open$/, services: /^(cannot-open|key-misconfigured)$/ },
  ],
  [
    'answers with another key’s plaintext',
    { kind: 'wrong-plaintext' },
    { page: /^cannot-open$/, services: /^cannot-open$/ },
  ],
];

let world: World;
let stage: Stage;
let active: Begun;
let tenants = 0;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  await newStage();
}, 120_000);
afterAll(async () => {
  await stage?.fleet.close();
  await world?.close();
});

describe.each(faults)('KMS %s in the middle', (_, fault, expected) => {
  // A test that failed leaves the next one a tenant of its own.
  let whole = true;
  beforeEach(async () => {
    if (!whole) await newStage();
    whole = false;
  }, 120_000);

  const table: [string, () => Promise<Begun>][] = [
    ['a rotation', () => rotate(stage, active.keyId)],
    ['taking an app in', takeIn],
    ['taking an app out', () => chooseApps(stage, active.keyId, appIds().slice(1))],
    ['a revert', () => revert(stage, active.keyId)],
  ];
  it.each(table)('%s: stops, says so, and loses nothing', { timeout: 120_000 }, async (name, begin) => {
    const { fleet, tenant } = stage;
    const begun = await inTheMiddle(stage, begin);
    const before = fleet.refused.length;
    await world.aws.faults(fault);
    const said = await until(() => outcome(begun, expected.page));
    expect(said).toMatch(expected.page);
    await world.aws.faults();
    // One that is over already needs nobody to press Resume.
    await resumeMove(stage.admin, { transitionId: begun.transitionId });
    await ended(begun);
    const refused = fleet.refused.slice(before);
    // On a busy machine any call may also take too long.
    expect(refused.filter(({ code }) => code !== 'key-outage' && !expected.services.test(code))).toEqual([]);
    await expectWhole(tenant.id, fleet.ledger);
    if (name === 'a revert') active = await activateKey();
    whole = true;
  });
});

/** The code that the page gives, once it gives one; "none" once the change has gone on for a while without. */
async function outcome(begun: Begun, allowed: RegExp): Promise<string | undefined> {
  const { transition } = await pageOf(stage, begun.keyId);
  expectCounted(transition);
  if (transition.failure) {
    expect(transition.failure.detail).toMatch(/^\w.*\.$/);
    return transition.failure.code;
  }
  if (!allowed.test('none')) {
    if (transition.finishedAt) throw new Error('the change was over before anything had gone wrong');
    return undefined;
  }
  const throttled = (await world.aws.calls()).filter((call) => call.errorCode === 'ThrottlingException');
  return transition.finishedAt || throttled.length >= 30 ? 'none' : undefined;
}

function expectCounted(transition: TransitionView): void {
  for (const { total, done, failed, left } of [transition.dataKeys, transition.records])
    expect(done + failed + left).toBe(total);
}

/** One app is left out before, unless one is. */
async function takeIn(): Promise<Begun> {
  const { appsUnderKey } = await pageOf(stage, active.keyId);
  if (appsUnderKey === appIds().length) await ended(await chooseApps(stage, active.keyId, appIds().slice(1)));
  return chooseApps(stage, active.keyId, appIds());
}

function appIds(): string[] {
  return stage.tenant.apps.map((app) => app.id);
}

async function newStage(): Promise<void> {
  await stage?.fleet.close();
  stage = await makeStage(world, `Tenant ${++tenants}`, { kmsTimeoutMs: 2_500 });
  await Promise.all([stage.fleet.start('app'), stage.fleet.start('worker')]);
  active = await activateKey();
}

async function activateKey(): Promise<Begun> {
  const begun = await activate(stage);
  await ended(begun);
  await expectOneWrapping(stage.tenant.id);
  return begun;
}
