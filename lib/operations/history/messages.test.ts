import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlert } from '../../alerts/raise-alert.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { type Message, said } from '../../byok/messages/message.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { db } from '../../db/client.ts';
import type { Prisma } from '../../db/generated/client.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { listHistory } from './list-history.ts';
import { listVendorHistory } from './list-vendor-history.ts';

const disabled = message('key-lost', { provider: 'aws', cause: 'key-disabled', deletedAt: null });
const keyRef = 'arn:aws:kms:us-east-1:111122223333:key/1';
/** As they were written when the history kept sentences. */
const sentences: [kind: string, now: Message, then: string][] = [
  ['key-revoked', disabled, 'The key is disabled.'],
  ['key-healthy', message('key-answers'), 'The key answers again.'],
  [
    'key-revoked',
    message('of-older-version', { number: 3, what: disabled }),
    'Version 3, which is no longer active: The key is disabled.',
  ],
  ['alias-back', message('alias-back'), 'The alias leads to the active key again.'],
  [
    'alias-drift',
    message('alias-drift', { state: 'unseen', leadsTo: null, pinnedKeyRef: keyRef }),
    `The alias now leads to another key, which Keyward has no permission to see. Data stays under ${keyRef} until the key is rotated.`,
  ],
  [
    'vendor-denied',
    message('vendor-denied', { provider: 'aws', deniedBy: null }),
    'AWS does not let Keyward’s service role assume customers’ roles (no policy named). No key can be reached until this is fixed. This is not a revocation.',
  ],
];

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 0, recordsPerApp: 0 });
});
afterAll(() => world?.close());

describe('an alert', () => {
  it.each(sentences)(
    '%s is stored as a code, and told in the words that were stored before',
    async (kind, now, then) => {
      await raiseAlert({ kind, tenantId: world.acme.id, target: null, message: now, providerRequestIds: [] });
      expect((await lastEvent()).after).toEqual({ text: now });
      expect(await lastTold()).toEqual({ text: then });
    },
  );

  it('of the vendor’s own fault is told to operators in words', async () => {
    const [kind, now, then] = sentences.at(-1) ?? ['', said(''), ''];
    await raiseAlert({ kind, tenantId: null, target: null, message: now, providerRequestIds: [] });
    const { events } = must(await listVendorHistory(world.callers.operator, { limit: 1 }));
    expect(events).toMatchObject([{ operation: kind, after: { text: then } }]);
  });
});

describe('an event from before', () => {
  it.each(sentences)('%s is told word for word, whatever the words are now', async (operation, _, then) => {
    const told = `${then} (As it was called then.)`;
    await append({ operation, after: { text: told, reason: told } });
    expect(await lastTold()).toEqual({ text: told, reason: told });
  });
});

it('what only looks like a message is left as it is', async () => {
  const after = { text: { code: 'x', args: {}, more: 1 }, reason: { code: 'x' }, list: [said('…')], none: null };
  await append({ operation: 'key-outage', after });
  expect(await lastTold()).toEqual(after);
});

async function append(event: { operation: string; after: Prisma.InputJsonObject }): Promise<void> {
  const by = { tenantId: world.acme.id, actor: 'Keyward', actorRole: 'system', requestId: randomUUID() };
  await appendAudit({ ...by, ...event, outcome: 'done' });
}

function lastEvent() {
  return db().auditEvent.findFirstOrThrow({ where: { tenantId: world.acme.id }, orderBy: { at: 'desc' } });
}

async function lastTold(): Promise<unknown> {
  return must(await listHistory(world.callers.admin, { limit: 1 })).events[0]?.after;
}
