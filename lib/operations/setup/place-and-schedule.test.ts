import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '../../db/client.ts';
import { createKey } from '../keys/create-key.ts';
import { save } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { readSetup } from './read-setup.ts';
import { saveStep } from './save-step.ts';

let world: World;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
  keyId = must(await createKey(world.callers.admin, {})).keyId;
  const values = { provider: 'aws', authMode: 'assume-role', alias: 'Five steps', description: '' } as const;
  await save(world.callers.admin, keyId, { step: 'provider', values });
});
afterAll(() => world?.close());

type Step = Parameters<typeof save>[2];
const setup = async () => must(await readSetup(world.callers.admin, { keyId }));
const trySave = async (step: Step) =>
  saveStep(world.callers.admin, { keyId, revision: (await setup()).key.revision, ...step });
const lastEvent = async () =>
  (await db().auditEvent.findMany({ where: { operation: 'save-step' }, orderBy: { at: 'desc' }, take: 1 }))[0];

describe('where role and key are', () => {
  const elsewhere = {
    keyArn: 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    roleArn: 'arn:aws:iam::444455556666:role/Keys',
  };
  const place = { region: 'eu-central-1', accountId: '4444-5555-6666', roleName: 'Keys' } as const;

  it('need not be known in the first step, and the draft says that the second is next', async () => {
    const { configuration } = await setup();
    expect(configuration).toMatchObject({ region: 'us-east-1', accountId: '', roleName: 'BYOK_Role' });
    expect(configuration.progress).toEqual({ chosen: true, key: false, connected: false });
  });

  it('comes along with the ARNs that tell it, and is in the history', async () => {
    must(await trySave({ step: 'prepare', values: { ...elsewhere, ...place, createsKey: false } }));
    const { configuration } = await setup();
    expect(configuration).toMatchObject({
      ...elsewhere,
      ...place,
      accountId: '444455556666',
      location: 'eu-central-1',
    });
    expect(configuration.progress.connected).toBe(true);
    expect((await lastEvent())?.after).toMatchObject({ region: 'eu-central-1', accountId: '444455556666' });
    expect((await lastEvent())?.before).toMatchObject({ region: 'us-east-1' });
  });

  it('is left as it is where nothing is said of it', async () => {
    must(await trySave({ step: 'prepare', values: {} }));
    const values = { provider: 'aws', authMode: 'assume-role', alias: 'Five steps', description: '' } as const;
    must(await trySave({ step: 'provider', values }));
    expect((await setup()).configuration).toMatchObject({ region: 'eu-central-1', roleName: 'Keys' });
  });

  it.each([
    [{ region: 'attacker' }, /from the list/],
    [{ accountId: '123' }, /12 digits/],
    [{ roleName: 'a b' }, /1 to 64/],
    [{ region: 'us-east-1', keyArn: elsewhere.keyArn }, /eu-central-1; the AWS Region chosen is us-east-1/],
  ])('%j is refused beside its field, and nothing is saved', async (values, message) => {
    const answer = await trySave({ step: 'prepare', values: values as object });
    expect(answer.ok).toBe(false);
    expect(Object.values((!answer.ok && answer.error.fields) || {}).join()).toMatch(message);
    expect((await setup()).configuration.region).toBe('eu-central-1');
  });

  it('refuses a key in the vendor’s own account, of the region that the values name', async () => {
    const keyArn = elsewhere.keyArn.replace('eu-central-1:444455556666', 'us-east-1:999988887777');
    const answer = await trySave({ step: 'prepare', values: { keyArn, region: 'us-east-1' } });
    expect(!answer.ok && answer.error.fields?.keyArn).toMatch(/vendor’s own AWS account/);
  });

  it('a key may be left to Keyward without an ARN: what is needed for its test is there then', async () => {
    must(await trySave({ step: 'prepare', values: { keyArn: '', roleArn: elsewhere.roleArn, createsKey: true } }));
    const { configuration } = await setup();
    expect(configuration).toMatchObject({ createsKey: true, keyArn: '', roleArn: elsewhere.roleArn });
    expect(configuration.progress.connected).toBe(true);
    must(await trySave({ step: 'prepare', values: { ...elsewhere, createsKey: true } }));
    expect((await setup()).configuration).toMatchObject({ createsKey: false, keyArn: elsewhere.keyArn });
  });
});

describe('date and apps are saved together, or not at all', () => {
  const now = { choice: 'now' } as const;
  const all = { mode: 'all' } as const;

  it('a date that has passed leaves the apps as they were', async () => {
    const date = { choice: 'at', localDateTime: '2020-01-01T00:00', timeZone: 'Europe/Berlin' } as const;
    const { selected } = (await setup()).selection;
    const [app] = await db().app.findMany({ where: { tenant: { name: 'Acme' } }, take: 1 });
    const answer = await trySave({
      step: 'schedule',
      values: { date, apps: { mode: 'only', ids: [app?.id ?? ''] } },
    });
    expect(!answer.ok && Object.keys(answer.error.fields ?? {})).toEqual(['localDateTime']);
    expect((await setup()).selection.selected).toBe(selected);
  });

  it('no app at all leaves the date as it was', async () => {
    const answer = await trySave({ step: 'schedule', values: { date: now, apps: { mode: 'only', ids: [] } } });
    expect(!answer.ok && answer.error.fields?.apps).toMatch(/at least one/);
    expect((await setup()).configuration.enforcementChoice).toBe('');
  });

  it('both are in the draft and in one event of the history', async () => {
    must(await trySave({ step: 'schedule', values: { date: now, apps: all } }));
    const { configuration, selection, savedStep } = await setup();
    expect(configuration.enforcementChoice).toBe('now');
    expect(savedStep).toBe('schedule');
    expect((await lastEvent())?.after).toMatchObject({
      step: 'schedule',
      enforcement: 'now',
      selected: selection.total,
    });
  });
});
