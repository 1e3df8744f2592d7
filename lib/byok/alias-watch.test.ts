import { describe, expect, it } from 'vitest';
import { type AliasFinding, driftSentence, hasDrifted, readAliasWatch, storedAlias } from './alias-watch.ts';

const keyRef = 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod';
const pinnedKeyRef = 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840';
const other = 'arn:aws:kms:us-east-1:111122223333:key/00000000-96a6-4a51-bd21-896541a2b840';
const at = new Date('2026-11-22T12:00:00Z');

const findings: AliasFinding[] = [
  { state: 'here' },
  { state: 'elsewhere', keyRef: other },
  { state: 'unseen' },
  { state: 'gone' },
  { state: 'not-permitted' },
];

describe('where an alias leads', () => {
  it.each(findings)('is read as it was stored: $state', (found) => {
    const { drifted, aliasKeyRef } = storedAlias(found, pinnedKeyRef);
    const stored = {
      keyRef,
      keyRefIsAlias: true,
      pinnedKeyRef,
      aliasSeenAt: at,
      aliasDriftAt: drifted ? at : null,
      aliasKeyRef,
    };
    const watch = readAliasWatch(stored);
    expect(watch?.state).toBe(found.state);
    expect(watch && hasDrifted(watch)).toBe(drifted);
    expect(watch?.leadsTo).toBe(found.state === 'elsewhere' ? other : null);
  });

  it('is not known before anybody has looked, and no question for a key without an alias', () => {
    const never = { pinnedKeyRef, aliasSeenAt: null, aliasDriftAt: null, aliasKeyRef: null };
    expect(readAliasWatch({ keyRef, keyRefIsAlias: true, ...never })).toMatchObject({
      state: 'not-looked',
      seenAt: null,
    });
    expect(readAliasWatch({ keyRef: pinnedKeyRef, keyRefIsAlias: false, ...never })).toBeNull();
  });

  it('is told in one sentence, with the key where it is known', () => {
    expect(driftSentence({ state: 'elsewhere', leadsTo: other })).toContain(other);
    expect(driftSentence({ state: 'elsewhere', leadsTo: null })).toBe('The alias now leads to another key.');
    expect(driftSentence({ state: 'unseen', leadsTo: null })).toMatch(/no permission to see/);
    expect(driftSentence({ state: 'gone', leadsTo: null })).toMatch(/no longer exists/);
  });
});
