import { judge, type KeyState } from '#lib/byok/lifecycle.ts';
import type { AppProtection, KeyPageView } from '#lib/byok/views.ts';

/** A key page as the server would answer it, for this folder's tests: twelve apps, eleven under version 1. */
export function sampleView(changes: Partial<KeyPageView> = {}): KeyPageView {
  const state: KeyState = changes.state ?? 'active';
  return {
    id: 'key-1',
    alias: 'production',
    description: '',
    state,
    status: 'Active',
    health: { state: 'healthy', cause: null, since: null, at: '2026-11-22T12:00:00.000Z', awsRequestId: 'req-1' },
    enforcementAt: '2026-11-22T11:00:00.000Z',
    keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
    versionNumber: 1,
    appsSelected: 11,
    appsUnderKey: 11,
    move: null,
    revision: 4,
    changedBy: 'admin@acme.example',
    tenant: { id: 'tenant-1', name: 'Acme', homeRegion: 'us-east-1', cacheTtlSeconds: 60 },
    apps: [
      ...Array.from({ length: 11 }, (_, index) => sampleApp(index, { kind: 'version', keyId: 'key-1', number: 1 })),
      sampleApp(11, { kind: 'platform' }),
    ],
    standing: {
      region: 'us-east-1',
      roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
      keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
      pinnedKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      enforcementAt: '2026-11-22T11:00:00.000Z',
      timeZone: 'Europe/Berlin',
    },
    hasWorkingCopy: false,
    totals: { recordsUnderKey: 4612, recordsUnderPlatformKey: 388 },
    backups: null,
    profiles: [],
    commands: {
      edit: judge('edit', state),
      test: judge('test', state),
      schedule: judge('schedule', state),
      'select-apps': judge('select-apps', state),
      activate: judge('activate', state),
      validate: judge('validate', state),
      discard: judge('discard', state),
    },
    ...changes,
  };
}

export function sampleApp(index: number, protectedBy: AppProtection['protectedBy']): AppProtection {
  return {
    id: `app-${index}`,
    name: `App ${index}`,
    kind: index % 2 === 0 ? 'app' : 'bot',
    protectedBy,
    dataKeys: 1,
    records: 400,
    recordsPending: 0,
    keptDataKeys: 0,
    selected: protectedBy.kind === 'version',
  };
}
