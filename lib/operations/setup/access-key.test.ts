import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leastUserPolicy } from '../../byok/aws/user-policies.ts';
import { readConnection, viewOf } from '../../byok/connection.ts';
import { db } from '../../db/client.ts';
import { type AccessKeyUser, makeUser } from '../../kms/testing/access-key-user.ts';
import { readMe } from '../account/read-me.ts';
import { decryptItems } from '../data/decrypt-items.ts';
import { encryptItems } from '../data/encrypt-items.ts';
import { listHistory } from '../history/list-history.ts';
import { createKey } from '../keys/create-key.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { prepareRotation } from '../rotation/prepare-rotation.ts';
import { rotateKey } from '../rotation/rotate-key.ts';
import { revisionOf } from '../testing/rotation.ts';
import { activate, save, schedule, test } from '../testing/walk.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { discardChanges } from './discard-changes.ts';
import { readSetup } from './read-setup.ts';
import { saveStep } from './save-step.ts';

let world: World;
let user: AccessKeyUser;
let keyArn: string;
let keyId: string;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 2, cacheTtlSeconds: 0 });
  const made = await world.aws.kms('CreateKey', {});
  keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
  user = await makeUser({ ...world.aws, keyArn }, leastUserPolicy({ keyArn, tenantId: world.acme.id }));
}, 60_000);
afterAll(() => world?.close());

const admin = () => world.callers.admin;
const setup = async () => must(await readSetup(admin(), { keyId }));
const page = async () => must(await readEnterpriseKey(admin(), { keyId }));
const secrets = () => db().providerSecret.findMany({ where: { tenantId: world.acme.id } });
const bare = () => keyArn.slice(keyArn.lastIndexOf('/') + 1);
const typed = ({ accessKeyId, secretAccessKey } = user.accessKey) => ({ accessKeyId, secret: secretAccessKey });

async function accessKeyDraft(): Promise<string> {
  const draft = must(await createKey(admin(), {})).keyId;
  await save(admin(), draft, {
    step: 'provider',
    values: { provider: 'aws', authMode: 'access-key', region: 'us-east-1', alias: `k-${draft}`, description: '' },
  });
  return draft;
}

/** Each row of each table of ours as text, and what the operations answer with. */
async function everywhere(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`;
  const rows = await Promise.all(
    tables.map(({ name }) => db().$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} AS t`)),
  );
  return JSON.stringify([rows, await page(), must(await listHistory(admin(), {}))]);
}

async function expectNowhere(...texts: string[]): Promise<void> {
  const all = await everywhere();
  for (const text of texts) {
    expect(all).not.toContain(text);
    expect(all).not.toContain(Buffer.from(text).toString('hex'));
  }
  expect(all).toContain(user.accessKey.accessKeyId);
}

describe('the secret of an access key', () => {
  it('is wanted, and what is wrong with the others is said beside their fields', async () => {
    keyId = await accessKeyDraft();
    const { revision } = (await setup()).key;
    const values = { accessKeyId: 'ASIAEXAMPLE000000001', secret: '', keyArn: 'arn:aws:s3:::bucket' };
    const answer = await saveStep(admin(), { keyId, revision, step: 'connect', values });
    const fields = {
      accessKeyId: expect.stringMatching(/temporary session/),
      secret: expect.stringMatching(/Paste the secret/),
      keyArn: expect.stringMatching(/service “s3”/),
    };
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input', fields } });
    expect(await secrets()).toEqual([]);
  });

  it('is stored sealed, told of by date and name alone, and kept when only the key is changed', async () => {
    await save(admin(), keyId, { step: 'connect', values: { ...typed(), keyArn } });
    const [stored] = await secrets();
    const { configuration } = await setup();
    expect(configuration).toMatchObject({ authMode: 'access-key', hasSecret: true, roleArn: '' });
    expect(stored?.createdBy).toMatch(/^person:/);
    const storedBy = must(await readMe(admin(), {})).email;
    expect(configuration.secret).toEqual({ storedAt: stored?.createdAt.toISOString(), storedBy });
    expect(JSON.stringify(await setup())).not.toContain(user.accessKey.secretAccessKey);
    await save(admin(), keyId, { step: 'connect', values: { ...typed(), secret: '', keyArn: bare() } });
    expect((await secrets()).map(({ id }) => id)).toEqual([stored?.id]);
  });

  it('belongs to its access key ID: another ID wants another secret', async () => {
    const { revision } = (await setup()).key;
    const values = { accessKeyId: 'AKIAEXAMPLE000000001', secret: '', keyArn: bare() };
    const answer = await saveStep(admin(), { keyId, revision, step: 'connect', values });
    expect(answer).toMatchObject({
      ok: false,
      error: { fields: { secret: expect.stringMatching(/belongs to this access key ID/) } },
    });
  });

  it('that is pasted again is another one to the test, and the one before is deleted', async () => {
    await test(admin(), keyId);
    expect((await setup()).report).toMatchObject({ passed: true, stale: false, warnings: ['key', 'data-key'] });
    const [before] = await secrets();
    await save(admin(), keyId, { step: 'connect', values: { ...typed(), keyArn: bare() } });
    const [after, ...more] = await secrets();
    expect(more).toEqual([]);
    expect(after?.id).not.toBe(before?.id);
    expect((await setup()).report).toMatchObject({ stale: true });
    const { events } = must(await listHistory(admin(), {}));
    const saved = events.filter(({ operation }) => operation === 'save-step');
    expect(saved[0]?.after).toEqual({
      step: 'connect',
      keyArn: bare(),
      accessKeyId: user.accessKey.accessKeyId,
      secret: 'replaced',
    });
  });

  it('goes with a draft that is discarded, and with the mode that it belonged to', async () => {
    const other = await accessKeyDraft();
    await save(admin(), other, { step: 'connect', values: { ...typed(), keyArn } });
    expect(await secrets()).toHaveLength(2);
    const { revision } = must(await readSetup(admin(), { keyId: other })).key;
    must(await discardChanges(admin(), { keyId: other, revision }));
    expect(await secrets()).toHaveLength(1);

    const third = await accessKeyDraft();
    await save(admin(), third, { step: 'connect', values: { ...typed(), keyArn } });
    await save(admin(), third, {
      step: 'provider',
      values: {
        provider: 'aws',
        authMode: 'assume-role',
        region: 'us-east-1',
        accountId: '111122223333',
        roleName: 'BYOK_Role',
        alias: `k-${third}`,
        description: '',
      },
    });
    expect(await secrets()).toHaveLength(1);
    const { configuration } = must(await readSetup(admin(), { keyId: third }));
    expect(configuration).toMatchObject({ accessKeyId: '', hasSecret: false });
  });

  it('is nobody’s to read, whoever they are', async () => {
    await expectNowhere(user.accessKey.secretAccessKey);
  });
});

describe('an active key by an access key', () => {
  const appId = () => world.acme.apps[0]?.id ?? '';
  const context = { table: 'note' };
  let envelope: string;

  const open = async () =>
    must(await decryptItems(world.callers.token, { appId: appId(), items: [{ envelope, context }] })).items[0];

  it('makes data keys here and has them encrypted, and its data is read again', async () => {
    await schedule(world, keyId);
    await world.aws.send('DELETE', 'calls');
    await activate(keyId);
    const { versions, standing } = await page();
    expect(standing).toMatchObject({ authMode: 'access-key', accessKeyId: user.accessKey.accessKeyId, roleArn: '' });
    expect(versions[0]).toMatchObject({ accessKeyId: user.accessKey.accessKeyId, roleArn: '', pinnedKeyRef: keyArn });
    expect(await db().keyVersion.findFirst({ where: { keyId } })).toMatchObject({ generates: false });
    const item = { plaintext: 'aGVsbG8=', context };
    const [sealed] = must(await encryptItems(world.callers.token, { appId: appId(), items: [item] })).items;
    envelope = sealed && 'envelope' in sealed ? sealed.envelope : '';
    expect(await open()).toMatchObject({ plaintext: item.plaintext });
    const used = new Set((await world.aws.calls()).filter((call) => !call.errorCode).map((call) => call.eventName));
    expect([...used].sort()).toEqual(['Decrypt', 'Encrypt', 'GetCallerIdentity']);
  }, 60_000);

  it('is rotated to a new access key of the same user; the old one is let go of when nothing hangs on it', async () => {
    const next = await user.createAccessKey();
    const [old] = await secrets();
    const values = { region: 'us-east-1', keyArn: bare(), ...typed(next) };
    must(await prepareRotation(admin(), { keyId, revision: await revisionOf(admin(), keyId), values }));
    expect((await page()).rotation).toMatchObject({
      accessKeyId: next.accessKeyId,
      secret: { storedBy: expect.any(String) },
    });
    await test(admin(), keyId);
    const acknowledged = (await page()).rotation?.report?.warnings ?? [];
    const revision = await revisionOf(admin(), keyId);
    must(await rotateKey(admin(), { keyId, revision, acknowledged, reencrypt: false }));
    expect(await secrets()).toHaveLength(2);
    // The wrapping belongs to the CMK: the old access key is needed no more from here on.
    await user.setActive(false);
    await activate(keyId);
    expect(await page()).toMatchObject({
      state: 'active',
      versionNumber: 2,
      transition: { dataKeys: { left: 0, failed: 0 } },
    });
    expect(await open()).toMatchObject({ plaintext: 'aGVsbG8=' });
    const left = await secrets();
    expect(left).toHaveLength(1);
    expect(left[0]?.id).not.toBe(old?.id);
    const versions = await db().keyVersion.findMany({ where: { keyId }, orderBy: { number: 'asc' } });
    expect(versions.map((version) => [viewOf(readConnection(version)).accessKeyId, version.secretId])).toEqual([
      [user.accessKey.accessKeyId, null],
      [next.accessKeyId, left[0]?.id],
    ]);
    const { events } = must(await listHistory(admin(), {}));
    expect(events.find(({ operation }) => operation === 'rotate-key')).toMatchObject({
      before: { accessKeyId: user.accessKey.accessKeyId },
      after: { accessKeyId: next.accessKeyId },
    });
    await expectNowhere(user.accessKey.secretAccessKey, next.secretAccessKey);

    await user.setActive(false, next.accessKeyId);
    expect(await open()).toMatchObject({ error: { code: 'key-revoked' } });
    expect((await page()).health).toMatchObject({ state: 'revoked', cause: expect.stringMatching(/access key/) });
    await user.setActive(true, next.accessKeyId);
    expect(await open()).toMatchObject({ plaintext: 'aGVsbG8=' });
  }, 60_000);

  it('is prepared and discarded without a trace of the secret', async () => {
    const values = { region: 'us-east-1', keyArn, accessKeyId: 'AKIAEXAMPLE000000009', secret: 'S'.repeat(40) };
    must(await prepareRotation(admin(), { keyId, revision: await revisionOf(admin(), keyId), values }));
    expect(await secrets()).toHaveLength(2);
    must(await discardChanges(admin(), { keyId, revision: await revisionOf(admin(), keyId) }));
    expect(await secrets()).toHaveLength(1);
    await expectNowhere(values.secret);
  });
});
