import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../byok/errors.ts';
import { db } from '../db/client.ts';
import { parseEnvelope } from '../envelope/format.ts';
import type { OpenResult } from '../envelope/open.ts';
import { until } from '../jobs/testing/due-key.ts';
import { vendorAnsweredAt } from '../kms/aws/vendor-identity.ts';
import { KmsError } from '../kms/errors.ts';
import { activate, draft, schedule } from '../operations/testing/walk.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { cachedSource, closeKeyring } from './keyring.ts';
import { observeFailure } from './observe.ts';
import { heldCopies } from './testing/held-copies.ts';
import { type Envelope, open as openOne, seal as sealOne } from './testing/seal-and-open.ts';
import { startProcess } from './testing/start-process.ts';

let world: World;
let versionId: string;
/** One of each of Acme's apps, under the customer's key. */
let envelopes: [Envelope, Envelope];

beforeAll(async () => {
  world = await makeWorld({ apps: 2, recordsPerApp: 1 });
  await world.applyPolicies();
  const keyId = await draft(world);
  await schedule(world, keyId);
  await activate(keyId);
  versionId = (await db().keyVersion.findFirstOrThrow({ where: { keyId } })).id;
  const [first, second] = world.acme.apps;
  envelopes = [await seal(first?.id ?? ''), await seal(second?.id ?? '')];
});
afterAll(() => world?.close());

/** All is well, nothing is in any cache, and no call has been made. */
beforeEach(async () => {
  await world.aws.faults();
  await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
  await allowSeconds(60);
  await db().keyVersion.update({ where: { id: versionId }, data: { health: 'healthy', healthFailure: null } });
  await closeKeyring();
  await world.aws.send('DELETE', 'calls');
});

describe('a revocation', () => {
  it('that one process sees takes the copies from another one', async () => {
    const other = startProcess();
    try {
      const [envelope] = envelopes;
      const scope = { tenantId: world.acme.id, appId: envelope.appId };
      const command = { do: 'open', ...scope, envelope: envelope.bytes.toString('base64') };
      expect(await other.ask(command)).toBe('hello');
      expect(await other.ask({ do: 'held' })).toBe('1');
      await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
      expect(codeOf(await open(envelope))).toBe('key-revoked');
      await until(async () => (await other.ask({ do: 'held' })) === '0');
      expect(await other.ask(command)).toBe('key-revoked');
    } finally {
      await other.end();
    }
  });

  it('heals by two good answers of the key; a copy in the cache is none', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    expect(codeOf(await open(envelopes[0]))).toBe('key-revoked');
    expect(await health()).toEqual({ health: 'revoked', healthFailure: 'key-disabled' });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    for (let n = 0; n < 3; n++) expect(await open(envelopes[0])).toMatchObject({ ok: true });
    expect(await health()).toMatchObject({ health: 'degraded' });
    expect(await open(envelopes[1])).toMatchObject({ ok: true });
    expect(await health()).toEqual({ health: 'healthy', healthFailure: null });
  });

  it('stays what it is, with its cause, while AWS does not answer', async () => {
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await open(envelopes[0]);
    await outage();
    expect(codeOf(await open(envelopes[0]))).toBe('key-outage');
    expect(await health()).toEqual({ health: 'revoked', healthFailure: 'key-disabled' });
  });
});

describe('an outage', () => {
  it('is served from copies until their time is out, then it is refused; it is never a revocation', async () => {
    await allowSeconds(2);
    const epoch = await epochNow();
    expect(await open(envelopes[0])).toMatchObject({ ok: true });
    await outage();
    expect(await open(envelopes[0])).toMatchObject({ ok: true });
    const late = await until(async () => {
      const result = await open(envelopes[0]);
      return !result.ok && result;
    });
    expect(codeOf(late)).toBe('key-outage');
    expect(await health()).toMatchObject({ health: 'outage' });
    expect(await epochNow()).toBe(epoch);
    await world.aws.faults();
    expect(await open(envelopes[0])).toMatchObject({ ok: true });
    expect(await health()).toEqual({ health: 'healthy', healthFailure: null });
  });

  it('is what credentials that AWS does not know count as while the vendor’s own identity does not answer', async () => {
    await world.aws.faults(
      { kind: 'error', service: 'kms', name: 'UnrecognizedClientException' },
      { kind: 'error', service: 'sts', action: 'GetCallerIdentity', name: 'InvalidClientTokenId', status: 403 },
    );
    // Asked as of a minute later, so that no earlier answer stands in for this one.
    expect(await vendorAnsweredAt(new Date(Date.now() + 60_000))).toBeUndefined();
    expect(codeOf(await open(envelopes[0]))).toBe('key-outage');
    expect(await health()).toMatchObject({ health: 'outage' });
  });

  it('of the vendor’s own platform key is written down for no customer’s key', async () => {
    const before = await db().keyVersion.findMany();
    const refusal = await observeFailure(null, new KmsError('throttled'));
    expect(refusal.code).toBe('unavailable');
    expect(await db().keyVersion.findMany()).toEqual(before);
  });

  it('is not concluded from a call that we gave up ourselves', async () => {
    const before = await db().keyVersion.findMany();
    await observeFailure(versionId, new KmsError('aborted'));
    expect(await db().keyVersion.findMany()).toEqual(before);
  });
});

describe('a data key', () => {
  it('whose check value does not fit is refused like any other that does not open', async () => {
    const id = parseEnvelope(envelopes[0].bytes).dataKeyId;
    const { checkValue } = await db().dataKey.findUniqueOrThrow({ where: { id } });
    await db().dataKey.update({ where: { id }, data: { checkValue: new Uint8Array(32) } });
    expect(codeOf(await open(envelopes[0]))).toBe('cannot-open');
    expect(heldCopies()).toBe(0);
    await db().dataKey.update({ where: { id }, data: { checkValue } });
    expect(await open(envelopes[0])).toMatchObject({ ok: true });
  });

  it('that three processes make at once for an app is one, under the key that the app belongs to', async () => {
    const app = await makeApp('New app');
    const others = [startProcess(), startProcess()];
    try {
      await Promise.all(others.map((other) => other.ask({ do: 'held' })));
      const scope = { tenantId: world.acme.id, appId: app };
      const made = await Promise.all([
        ...others.map((other) => other.ask({ do: 'seal', ...scope })),
        ...Array.from({ length: 5 }, async () => parseEnvelope((await seal(app)).bytes).dataKeyId),
      ]);
      const rows = await db().dataKey.findMany({ where: { appId: app } });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ keyVersionId: versionId, wrappingKeyId: world.aws.keyArn, state: 'current' });
      expect(new Set(made)).toEqual(new Set([rows[0]?.id]));
    } finally {
      for (const other of others) await other.end();
    }
  });

  it('is never made under the platform key for an app that belongs to a customer’s key', async () => {
    const app = await makeApp('Newer app');
    await world.aws.kms('DisableKey', { KeyId: world.aws.keyArn });
    await expect(seal(app)).rejects.toMatchObject({ code: 'key-revoked' });
    await world.aws.kms('EnableKey', { KeyId: world.aws.keyArn });
    await outage();
    await expect(seal(app)).rejects.toMatchObject({ code: 'key-outage' });
    expect(await db().dataKey.count({ where: { appId: app } })).toBe(0);
  });
});

function seal(appId: string): Promise<Envelope> {
  return sealOne(world, appId);
}

function open(envelope: Envelope, source = cachedSource()): Promise<OpenResult> {
  return openOne(world, envelope, source);
}

async function allowSeconds(cacheTtlSeconds: number): Promise<void> {
  await db().tenant.update({ where: { id: world.acme.id }, data: { cacheTtlSeconds } });
}

function codeOf(result: OpenResult): string {
  return result.ok ? 'ok' : (result.error as Refusal).code;
}

/** An app of Acme's under the customer's key that has no data key yet. */
async function makeApp(name: string): Promise<string> {
  const data = { tenantId: world.acme.id, kind: 'app', name, keyVersionId: versionId } as const;
  return (await db().app.create({ data })).id;
}

function outage() {
  return world.aws.faults({ kind: 'error', service: 'kms', name: 'KMSInternalException', status: 500 });
}

async function health() {
  const row = await db().keyVersion.findUniqueOrThrow({ where: { id: versionId } });
  return { health: row.health, healthFailure: row.healthFailure };
}

async function epochNow(): Promise<number> {
  return (await db().keyVersion.findUniqueOrThrow({ where: { id: versionId } })).epoch;
}
