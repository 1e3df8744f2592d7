import { readPolicyShape } from '#lib/byok/aws/policy-shape.ts';
import type { ConnectionView } from '#lib/byok/connection.ts';
import type { AppProtection, KeyDetailsView, KeyPageView, VersionView } from '#lib/byok/key-views.ts';
import { type Command, commands, type Decision, evaluateCommand, type KeyState } from '#lib/byok/lifecycle.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';

/** By a role, an alias as the key. */
export const connected: ConnectionView = {
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  accessKeyId: '',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
  createsKey: false,
  dataKeyPair: false,
  policyShape: readPolicyShape({}),
};

/** A key page as the server would answer it, for this folder's tests: twelve apps, eleven under version 1. */
export function sampleView(changes: Partial<KeyPageView> = {}): KeyPageView {
  const state: KeyState = changes.state ?? 'active';
  return {
    id: 'key-1',
    alias: 'production',
    description: '',
    state,
    status: 'active',
    provider: 'aws',
    health: { state: 'healthy', cause: null, since: null, at: '2026-11-22T12:00:00.000Z', providerRequestId: 'req-1' },
    unreadable: [],
    enforcementAt: '2026-11-22T11:00:00.000Z',
    keyRef: connected.keyArn,
    versionNumber: 1,
    lastTest: null,
    aliasWatch: null,
    unknownConnection: null,
    appsSelected: 11,
    appsUnderKey: 11,
    transition: null,
    revision: 4,
    changedBy: 'admin@acme.example',
    tenant: { id: 'tenant-1', name: 'Acme', homeRegion: 'us-east-1', cacheTtlSeconds: 60 },
    apps: [
      ...Array.from({ length: 11 }, (_, index) =>
        sampleApp(index, { kind: 'version', keyId: 'key-1', number: 1, revoked: false }),
      ),
      sampleApp(11, { kind: 'platform' }),
    ],
    standing: {
      ...connected,
      provider: 'aws',
      authMode: 'assume-role',
      secret: null,
      pinnedKeyRef: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      enforcementAt: '2026-11-22T11:00:00.000Z',
      timeZone: 'Europe/Berlin',
    },
    hasWorkingCopy: false,
    totals: { recordsUnderKey: 4612, recordsUnderPlatformKey: 388 },
    backups: null,
    profiles: [],
    versions: [sampleVersion()],
    irreversible: false,
    uses: [],
    details: sampleDetails(),
    rotation: null,
    reminder: null,
    commands: Object.fromEntries(commands.map((command) => [command, evaluateCommand(command, state)])) as Record<
      Command,
      Decision
    >,
    ...changes,
  };
}

export function sampleDetails(changes: Partial<KeyDetailsView> = {}): KeyDetailsView {
  return {
    provider: 'aws',
    authMode: 'assume-role',
    connected,
    externalId: 'kw_8Zq2vX0m5rJtY1cWbN4pLQ',
    regionPolicy: 'refuse',
    facts: null,
    daysLeft: null,
    tags: [],
    permissions: [],
    testedAt: null,
    commitment: null,
    ...changes,
  };
}

export function sampleApp(index: number, protectedBy: AppProtection['protectedBy']): AppProtection {
  return {
    id: `app-${index}`,
    name: `App ${index}`,
    kind: index % 2 === 0 ? 'app' : 'bot',
    protectedBy,
    wrappedBy: [
      { label: protectedBy.kind === 'version' ? `Version ${protectedBy.number}` : 'Platform key', dataKeys: 1 },
    ],
    dataKeys: 1,
    records: 400,
    recordsPending: 0,
    keptDataKeys: 0,
    selected: protectedBy.kind === 'version',
    underKey: protectedBy.kind === 'version',
    dataKeySince: '2026-11-22T11:00:00.000Z',
    rekey: null,
  };
}

/** A rotation in the middle of its data keys, begun a minute before noon. */
export function sampleTransition(changes: Partial<TransitionView> = {}): TransitionView {
  return {
    id: 'move-1',
    kind: 'rotate',
    phase: 'rewrapping',
    requestedBy: 'admin@acme.example',
    dueAt: '2026-11-22T11:59:00.000Z',
    attempts: 0,
    failure: null,
    nextTryAt: null,
    paused: null,
    apps: { total: 11, done: 11 },
    dataKeys: { total: 20, done: 6, failed: 0, left: 14 },
    records: { total: 0, done: 0, failed: 0, left: 0 },
    failures: [],
    startedAt: '2026-11-22T11:59:00.000Z',
    triedAt: null,
    finishedAt: null,
    ...changes,
  };
}

/** Version 1, active. */
export function sampleVersion(changes: Partial<VersionView> = {}): VersionView {
  return {
    id: 'version-1',
    number: 1,
    current: true,
    provider: 'aws',
    keyRef: connected.keyArn,
    ...connected,
    unknownConnection: null,
    keyUrl: 'https://console.aws.amazon.com/kms/home?region=us-east-1#/kms/keys/1234abcd-12ab-34cd-56ef-1234567890ab',
    pinnedKeyRef: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    madeBy: 'admin@acme.example',
    madeAt: '2026-11-22T11:00:00.000Z',
    health: { state: 'healthy', cause: null, since: null, at: '2026-11-22T12:00:00.000Z', providerRequestId: 'req-1' },
    lastUsedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: 11,
    records: 4612,
    retirement: { safe: false, reasons: ['It is active.'], safeFrom: null },
    ...changes,
  };
}
