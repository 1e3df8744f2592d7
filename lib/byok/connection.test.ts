import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsDraft, awsDraftSchema, type RoleDraft } from './aws/connection.ts';
import { connectionOf, roleDraft } from './aws/testing/connection-of.ts';
import {
  type Draft,
  fingerprintText,
  isKnownLocation,
  listedPlaces,
  readConnection,
  readDraft,
  storedConnection,
  storedDraft,
  toConnection,
} from './connection.ts';

const keyId = '8cdca674-96a6-4a51-bd21-896541a2b840';
const keyArn = `arn:aws:kms:us-east-1:111122223333:key/${keyId}`;
const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';
const joined = { tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11', externalId: 'external-1', secretId: null };
const byAccessKey = (more: object = {}): AwsDraft =>
  awsDraftSchema.parse({
    provider: 'aws',
    authMode: 'access-key',
    region: 'eu-central-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    keyArn: keyId,
    ...more,
  });

describe('what fingerprints of AWS are made of never changes by a byte: reports of tests are stored with them', () => {
  it.each<[string, Draft, object, string]>([
    [
      'by role',
      roleDraft({ roleArn, keyArn }),
      {},
      `["keyward/v2/configuration","aws","assume-role","us-east-1","${roleArn}","external-1","${keyArn}",false]`,
    ],
    [
      'by role, with a data key pair, an alias, and blanks around what was pasted',
      roleDraft({
        roleArn: ` ${roleArn}\n`,
        keyArn: ' arn:aws:kms:us-east-1:111122223333:alias/prod ',
        dataKeyPair: true,
      }),
      {},
      `["keyward/v2/configuration","aws","assume-role","us-east-1","${roleArn}","external-1","arn:aws:kms:us-east-1:111122223333:alias/prod",true]`,
    ],
    [
      'by role, with a key to be created',
      roleDraft({ roleArn, keyArn: '', createsKey: true }),
      {},
      `["keyward/v2/configuration","aws","assume-role","us-east-1","${roleArn}","external-1","to be created",false]`,
    ],
    [
      'by access key',
      byAccessKey(),
      { secretId: 'a4c1' },
      `["keyward/v2/configuration","aws","access-key","eu-central-1","AKIAIOSFODNN7EXAMPLE","a4c1","${keyId}",false]`,
    ],
    [
      'by access key, with nothing entered yet',
      byAccessKey({ accessKeyId: '', keyArn: '', region: '' }),
      {},
      '["keyward/v2/configuration","aws","access-key","","","","",false]',
    ],
  ])('%s', (_, draft, more, text) => {
    expect(fingerprintText(draft, { ...joined, ...more })).toBe(text);
  });

  it('a connection has the one of the draft that it was made of, also when it was stored in between', () => {
    const blanks = fc.constantFrom('', ' ', '\n\t');
    const keys = fc.constantFrom(keyArn, keyId, 'arn:aws:kms:us-east-1:111122223333:alias/prod');
    fc.assert(
      fc.property(keys, blanks, fc.boolean(), fc.boolean(), (key, blank, dataKeyPair, byRole) => {
        const draft = byRole
          ? roleDraft({ keyArn: blank + key, roleArn: roleArn + blank, dataKeyPair })
          : byAccessKey({ region: 'us-east-1', keyArn: key + blank, dataKeyPair });
        const made = toConnection(draft);
        if (!made.ok) throw new Error(JSON.stringify(made.problems));
        const again = readConnection(JSON.parse(JSON.stringify(storedConnection(made.connection))));
        expect(again).toEqual(made.connection);
        expect(fingerprintText(again, joined)).toBe(fingerprintText(draft, joined));
      }),
    );
  });
});

describe('the fingerprint', () => {
  const base = fingerprintText(roleDraft(), joined);

  it.each(['region', 'roleArn', 'keyArn'] as const)('changes with %s', (field) => {
    expect(fingerprintText(roleDraft({ [field]: 'other' }), joined)).not.toBe(base);
  });

  it('changes with the external ID and the secret, and does not run fields together', () => {
    expect(fingerprintText(roleDraft(), { ...joined, externalId: 'external-2' })).not.toBe(base);
    const secret = (secretId: string) => fingerprintText(byAccessKey(), { ...joined, secretId });
    expect(secret('one')).not.toBe(secret('two'));
    const one = fingerprintText(roleDraft({ roleArn: 'a","b', keyArn: 'c' }), { ...joined, externalId: 'x' });
    expect(one).not.toBe(fingerprintText(roleDraft({ roleArn: 'a', keyArn: 'b","c' }), { ...joined, externalId: 'x' }));
  });

  it('does not ask how policies are written, nor for the account and name that a role’s ARN has anyhow', () => {
    const { policyShape } = roleDraft();
    const changed = roleDraft({
      accountId: '',
      roleName: '',
      policyShape: { ...policyShape, keyPrincipal: 'account' },
    });
    expect(fingerprintText(changed, joined)).toBe(base);
  });
});

describe('a draft', () => {
  it('reads what was stored, with any field missing', () => {
    const draft = roleDraft({ dataKeyPair: true });
    expect(readDraft(JSON.parse(JSON.stringify(storedDraft(draft))))).toEqual(draft);
    const empty = readDraft({ provider: 'aws', authMode: 'assume-role', entered: {} });
    expect(empty).toMatchObject({ region: '', roleArn: '', keyArn: '', createsKey: false });
    expect(toConnection(empty)).toEqual({ ok: false, problems: { region: 'Choose an AWS region from the list.' } });
  });

  it('of one authentication mode has nothing of the other', () => {
    const entered = { region: 'us-east-1', roleArn, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
    expect(readDraft({ provider: 'aws', authMode: 'access-key', entered })).not.toHaveProperty('roleArn');
    expect(readDraft({ provider: 'aws', authMode: 'assume-role', entered })).not.toHaveProperty('accessKeyId');
  });

  it.each([
    ['google', 'service-account'],
    ['aws', 'certificate'],
    ['aws', ''],
    ['constructor', 'assume-role'],
  ])('of %s, mode “%s”, is refused and never read as anything else', (provider, authMode) => {
    const row = { provider, authMode, entered: { region: 'us-east-1', roleArn, keyArn } };
    expect(() => readDraft(row)).toThrow('unknown-provider');
    const connection = { ...connectionOf(), provider, auth: { mode: authMode, roleArn } };
    expect(() => readConnection({ provider, authMode, connection, connectionVersion: 1 })).toThrow('unknown-provider');
  });
});

describe('a connection', () => {
  it.each<[string, Partial<RoleDraft>, object]>([
    ['a region that is none', { region: 'atlantis' }, { region: expect.stringMatching(/from the list/) }],
    ['no role', { roleArn: '' }, { roleArn: expect.stringMatching(/role/) }],
    ['a key’s ARN for the role’s', { roleArn: keyArn }, { roleArn: 'This is a key ARN; paste the role’s ARN.' }],
    ['no key', { keyArn: '' }, { keyArn: expect.stringMatching(/Paste/) }],
    ['a key that is to be created', { keyArn: '', createsKey: true }, { keyArn: expect.stringMatching(/Paste/) }],
    [
      'a key elsewhere, and a role of another partition',
      { region: 'eu-west-1', roleArn: roleArn.replace('arn:aws:', 'arn:aws-cn:') },
      { keyArn: expect.stringMatching(/us-east-1.*eu-west-1/), roleArn: expect.stringMatching(/partition/) },
    ],
  ])('is not made with %s; what is wrong is said by field', (_, more, problems) => {
    expect(toConnection(roleDraft(more))).toEqual({ ok: false, problems });
  });

  it('is not made with an access key ID of a session', () => {
    const made = toConnection(byAccessKey({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE' }));
    expect(made).toMatchObject({ ok: false, problems: { accessKeyId: expect.stringMatching(/temporary session/) } });
  });

  it('that was stored damaged, or in a shape of another version, is refused', () => {
    const stored = storedConnection(connectionOf());
    const damaged = { ...stored.connection, auth: { mode: 'assume-role', roleArn: 'role' } };
    expect(() => readConnection({ ...stored, connection: damaged })).toThrow('unknown-provider');
    expect(() => readConnection({ ...stored, connectionVersion: 2 })).toThrow('unknown-provider');
  });
});

it('a home region can be chosen from places that are known, each once', () => {
  const ids = listedPlaces().map(({ id }) => id);
  expect(ids).toContain('eu-central-1');
  expect(ids.filter((id) => !isKnownLocation(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
