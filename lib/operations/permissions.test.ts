import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../auth/identify.ts';
import { permissions } from '../auth/permissions.ts';
import type { OperationError } from '../byok/errors.ts';
import { db } from '../db/client.ts';
import { type AnyOperation, everyOperation } from './testing/every-operation.ts';
import { activate, draft, schedule } from './testing/walk.ts';
import { makeWorld, type World } from './testing/world.ts';

type Who = Exclude<keyof World['callers'], 'foreignAdmin' | 'foreignToken'>;
type Row = {
  /** Everybody who may; everybody else is refused. */
  may: Who[];
  /** An input with IDs of Acme's things, as somebody would send who knows them. */
  input: (ids: Ids) => object;
  /** What the other tenant's administrator (or service) gets for Acme's IDs; 'own' where there is no ID to send. */
  foreign: 'not-found' | 'forbidden' | 'own';
};
type Ids = {
  tenantId: string;
  keyId: string;
  transitionId: string;
  appId: string;
  profileId: string;
  tokenId: string;
  creationId: string;
};

const people: Who[] = ['admin', 'viewer', 'support', 'operator'];
const everybody: Who[] = [...people, 'token', 'anonymous'];
const aUuid = '00000000-0000-4000-8000-000000000000';

const table: Record<string, Row> = {
  'assign-app': {
    may: ['admin'],
    input: ({ appId, keyId }) => ({ appId, from: { keyId, revision: 0 }, to: null }),
    foreign: 'not-found',
  },
  'change-password': {
    may: people,
    input: () => ({ current: 'wrong password', next: 'another long password' }),
    foreign: 'own',
  },
  'check-key': { may: ['admin'], input: ({ keyId }) => ({ keyId, asked: 'by-hand' }), foreign: 'not-found' },
  'check-tenant-key': {
    may: ['support', 'operator'],
    input: ({ tenantId, keyId }) => ({ tenantId, keyId }),
    foreign: 'forbidden',
  },
  'check-authorization-profile': {
    may: ['admin'],
    input: ({ profileId }) => ({ profileId, userName: 'a', password: 'b' }),
    foreign: 'not-found',
  },
  'create-customer-key': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, aliasName: '' }),
    foreign: 'not-found',
  },
  'create-app': {
    may: ['operator'],
    input: ({ tenantId }) => ({ tenantId, name: 'Permission table', kind: 'app', reference: 'permission-table' }),
    foreign: 'forbidden',
  },
  'create-key': { may: ['admin'], input: () => ({}), foreign: 'own' },
  'create-person': {
    may: ['operator'],
    input: ({ tenantId }) => ({ tenantId, email: 'permission@table.example', role: 'viewer' }),
    foreign: 'forbidden',
  },
  'create-tenant': {
    may: ['operator'],
    input: () => ({ name: 'Permission table', homeRegion: 'us-east-1' }),
    foreign: 'forbidden',
  },
  'create-token': {
    may: ['operator'],
    input: ({ tenantId }) => ({ tenantId, name: 'x', actions: ['encrypt'] }),
    foreign: 'forbidden',
  },
  'decrypt-items': {
    may: ['token'],
    input: ({ appId }) => ({ appId, items: [{ envelope: 'AAAA', context: {} }] }),
    foreign: 'not-found',
  },
  'delete-key': { may: ['admin'], input: ({ keyId }) => ({ keyId, revision: 0 }), foreign: 'not-found' },
  'decrypt-stream': { may: ['token'], input: ({ appId }) => ({ appId, context: {} }), foreign: 'not-found' },
  'dismiss-key-creation': {
    may: ['admin'],
    input: ({ creationId }) => ({ creationId }),
    foreign: 'not-found',
  },
  'discard-changes': { may: ['admin'], input: ({ keyId }) => ({ keyId, revision: 0 }), foreign: 'not-found' },
  'encrypt-items': {
    may: ['token'],
    input: ({ appId }) => ({ appId, items: [{ plaintext: 'AAAA', context: {} }] }),
    foreign: 'not-found',
  },
  'encrypt-stream': { may: ['token'], input: ({ appId }) => ({ appId, context: {} }), foreign: 'not-found' },
  'find-by-name': { may: people, input: () => ({ text: 'a' }), foreign: 'own' },
  'lease-data-key': { may: ['token'], input: ({ appId }) => ({ appId }), foreign: 'not-found' },
  'list-apps': { may: ['admin', 'viewer'], input: () => ({}), foreign: 'own' },
  'list-enterprise-keys': { may: ['admin', 'viewer'], input: () => ({}), foreign: 'own' },
  'list-key-creations': { may: ['admin', 'viewer'], input: () => ({}), foreign: 'own' },
  'list-history-choices': { may: ['admin', 'viewer'], input: () => ({ of: 'keys', search: '' }), foreign: 'own' },
  'list-history': { may: ['admin', 'viewer'], input: () => ({}), foreign: 'own' },
  'list-selectable-apps': { may: ['admin', 'viewer'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
  'list-tenants': { may: ['support', 'operator'], input: () => ({}), foreign: 'forbidden' },
  'list-tokens': { may: ['operator'], input: () => ({}), foreign: 'forbidden' },
  'list-vendor-history-choices': {
    may: ['operator'],
    input: () => ({ of: 'people', search: '' }),
    foreign: 'forbidden',
  },
  'list-vendor-history': { may: ['operator'], input: () => ({}), foreign: 'forbidden' },
  'make-irreversible': {
    may: ['admin'],
    input: ({ keyId }) => ({ scope: 'key', keyId, revision: 0 }),
    foreign: 'not-found',
  },
  'note-policy-scope': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, choice: 'scope', said: { note: 'narrowed', how: 'said' } }),
    foreign: 'not-found',
  },
  'open-recent-records': { may: ['admin'], input: ({ appId }) => ({ appId }), foreign: 'not-found' },
  'pause-move': { may: ['admin'], input: ({ transitionId }) => ({ transitionId }), foreign: 'not-found' },
  'plan-assignment': {
    may: ['admin', 'viewer'],
    input: ({ appId }) => ({ appId, to: null }),
    foreign: 'not-found',
  },
  'plan-change': {
    may: ['admin', 'viewer'],
    input: ({ keyId }) => ({ keyId, change: { kind: 'revert' } }),
    foreign: 'not-found',
  },
  'prepare-rotation': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, values: { region: 'us-east-1', roleArn: '', keyArn: '' } }),
    foreign: 'not-found',
  },
  'read-app': { may: ['admin', 'viewer'], input: ({ appId }) => ({ appId }), foreign: 'not-found' },
  'read-enterprise-key': { may: ['admin', 'viewer'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
  'read-hand-over': { may: ['admin', 'viewer'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
  'read-health': { may: everybody, input: () => ({}), foreign: 'own' },
  'read-me': { may: people, input: () => ({}), foreign: 'own' },
  'read-name': { may: people, input: ({ keyId }) => ({ kind: 'key', id: keyId }), foreign: 'not-found' },
  'read-set-up-values': { may: ['admin', 'viewer'], input: () => ({}), foreign: 'own' },
  'read-setup': { may: ['admin'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
  'read-tenant': { may: ['support', 'operator'], input: ({ tenantId }) => ({ tenantId }), foreign: 'forbidden' },
  'rekey-app': { may: ['admin'], input: ({ appId }) => ({ appId, reencrypt: false }), foreign: 'not-found' },
  'rename-key': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, values: { alias: 'x', description: '' } }),
    foreign: 'not-found',
  },
  'resume-move': { may: ['admin'], input: ({ transitionId }) => ({ transitionId }), foreign: 'not-found' },
  'revert-key': { may: ['admin'], input: ({ keyId }) => ({ keyId, revision: 0 }), foreign: 'not-found' },
  'revoke-token': { may: ['operator'], input: () => ({ tokenId: aUuid }), foreign: 'forbidden' },
  'rotate-key': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, acknowledged: [], reencrypt: false }),
    foreign: 'not-found',
  },
  'save-step': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, step: 'prepare', values: {} }),
    foreign: 'not-found',
  },
  'schedule-key': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, acknowledged: [] }),
    foreign: 'not-found',
  },
  'set-cache-time': { may: ['admin'], input: () => ({ seconds: 60 }), foreign: 'own' },
  'set-region-rule': {
    may: ['operator'],
    input: ({ tenantId }) => ({ tenantId, regionPolicy: 'refuse' }),
    foreign: 'forbidden',
  },
  'test-configuration': { may: ['admin'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
  'update-apps': {
    may: ['admin'],
    input: ({ keyId }) => ({ keyId, revision: 0, selection: { mode: 'all' } }),
    foreign: 'not-found',
  },
  'verify-set-up-step': { may: ['admin'], input: ({ keyId }) => ({ keyId, step: 'role' }), foreign: 'not-found' },
  'validate-apps': { may: ['admin'], input: ({ keyId }) => ({ keyId }), foreign: 'not-found' },
};

const operations: ReadonlyMap<string, AnyOperation> = await everyOperation();
const files = [...operations.keys()];

let world: World;
let ids: Ids;

beforeAll(async () => {
  world = await makeWorld();
  await world.applyPolicies();
  const keyId = await draft(world);
  await schedule(world, keyId);
  await activate(keyId);
  const transition = await db().transition.findFirstOrThrow({ where: { keyId } });
  const token = await db().apiToken.findFirstOrThrow({ where: { tenantId: world.acme.id } });
  const appId = world.acme.apps[0]?.id ?? '';
  ids = {
    tenantId: world.acme.id,
    keyId,
    transitionId: transition.id,
    appId,
    profileId: aUuid,
    tokenId: token.id,
    creationId: aUuid,
  };
}, 120_000);
afterAll(() => world?.close());

describe('the permission table', () => {
  it('has a row for every operation in the folders, and no other', () => {
    expect(Object.keys(table).sort()).toEqual(files.sort());
  });

  it.each(files)('%s carries its file’s name, and the roles of its permission', (file) => {
    const row = table[file];
    const operation = operations.get(file);
    expect(operation?.operationName).toBe(file);
    const rule: { scope: string; roles: readonly string[]; token?: string } =
      permissions[operation?.permission ?? 'self.read'];
    const may = rule.scope === 'public' ? everybody : [...rule.roles, ...(rule.token ? ['token'] : [])];
    expect([...may].sort()).toEqual([...(row?.may ?? [])].sort());
  });

  describe.each(files)('%s', (file) => {
    it.each(everybody)('called by %s', async (who) => {
      const code = await call(file, world.callers[who]);
      if (table[file]?.may.includes(who)) expect(code).not.toMatch(/^(forbidden|unauthenticated)$/);
      else expect(code).toBe(who === 'anonymous' ? 'unauthenticated' : 'forbidden');
    });

    it('called by a command on the server, which may what an operator may of every tenant’s things', async () => {
      const { scope } = permissions[operations.get(file)?.permission ?? 'self.read'];
      const code = await call(file, { kind: 'command-line', user: 'root' });
      if (scope === 'public' || (scope === 'vendor' && table[file]?.may.includes('operator')))
        expect(code).not.toMatch(/^(forbidden|unauthenticated)$/);
      else expect(code).toBe('forbidden');
    });

    it('called from another tenant', async () => {
      const byService = table[file]?.may.includes('token') && !table[file]?.may.includes('anonymous');
      const code = await call(file, byService ? world.callers.foreignToken : world.callers.foreignAdmin);
      const expected = table[file]?.foreign;
      if (expected !== 'own') expect(code).toBe(expected);
      else expect(code).not.toBe('internal');
    });
  });
});

/** The code of the refusal, or 'ok'. */
async function call(file: string, caller: Caller): Promise<string> {
  const operation = operations.get(file);
  const answer = await operation?.(caller, table[file]?.input(ids) ?? {});
  if (isStream(answer)) {
    for await (const event of answer) if (event.type === 'error' && event.error) return event.error.code;
    return 'ok';
  }
  const result = answer as { ok: boolean; error?: OperationError };
  return result.ok ? 'ok' : (result.error?.code ?? 'none');
}

function isStream(value: unknown): value is AsyncGenerator<{ type: string; error?: OperationError }> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
