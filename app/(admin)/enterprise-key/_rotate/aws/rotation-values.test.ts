import { describe, expect, it } from 'vitest';
import { readPolicyShape } from '#lib/byok/aws/policy-shape.ts';
import type { RotationValues } from './rotation-input.ts';
import { rotationModes } from './rotation-modes.ts';
import { differences, rotationProblems, rotationValues, sameValues, setUpSource } from './rotation-values.ts';

const values = rotationValues('assume-role', {
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
  accessKeyId: '',
});
const ours = 'arn:aws:iam::999988887777:role/KeywardService';
const toPrepare = (given: RotationValues) => rotationModes[given.mode].toPrepare(given);
const problems = (given: Partial<typeof values>) =>
  rotationProblems({ ...values, ...given }, ours).map(({ field, message }) => `${field}: ${message}`);

describe('what is wrong with a rotation', () => {
  it('takes a key’s ARN, an alias ARN, and a key ID of the role’s account, with what pasting brings along', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ keyArn: ' 1234abcd-12ab-34cd-56ef-1234567890ab\n' })).toEqual([]);
  });

  it('names the wrong kind of ARN beside its field', () => {
    expect(problems({ keyArn: values.roleArn })?.[0]).toMatch(/^keyArn: This is a role ARN/);
    expect(problems({ roleArn: values.keyArn })?.[0]).toMatch(/^roleArn: This is an alias ARN/);
  });

  it('wants the key in the region that is chosen, and nothing of the vendor’s own', () => {
    expect(problems({ region: 'eu-central-1' })?.[0]).toMatch(/^keyArn: This key is in us-east-1/);
    expect(problems({ region: '' })).toEqual(['region: Choose an AWS region from the list.']);
    expect(problems({ roleArn: 'arn:aws:iam::999988887777:role/KeywardService' })?.[0]).toMatch(/^roleArn: .*vendor/);
  });
});

it('tells what a rotation changes', () => {
  expect(sameValues(values, { ...values, keyArn: ` ${values.keyArn} ` })).toBe(true);
  expect(differences(values, values)).toEqual({ key: false, role: false, accessKey: false, region: false });
  expect(differences(values, { ...values, roleArn: 'arn:aws:iam::111122223333:role/Other' })).toEqual({
    key: false,
    role: true,
    accessKey: false,
    region: false,
  });
});

it('takes account and name of the role from its ARN for the policies', () => {
  const ours = {
    tenant: { id: 't', name: 'Acme', homeRegion: 'us-east-1', regionPolicy: 'warn' as const },
    externalId: 'kw_1',
    ourIdentity: 'arn:aws:iam::999988887777:role/KeywardService',
    ourIdentities: [
      { regions: 'us-gov-*', roleArn: 'arn:aws-us-gov:iam::999988885555:role/KeywardService' },
      { regions: '*', roleArn: 'arn:aws:iam::999988887777:role/KeywardService' },
    ],
    consoleUrl: '',
    inUse: [],
  };
  expect(setUpSource(ours, values, null).configuration).toMatchObject({
    accountId: '111122223333',
    roleName: 'BYOK_Role',
  });
  // Who we are follows the region that is entered; how the policies are written follows what stands.
  expect(setUpSource(ours, { ...values, region: 'us-gov-west-1' }, null).ourIdentity).toContain('aws-us-gov');
  const shape = { policyShape: { ...readPolicyShape({}), keyPrincipal: 'account' as const }, dataKeyPair: true };
  expect(setUpSource(ours, values, null, shape).configuration).toMatchObject(shape);
});

describe('with an access key', () => {
  const accessKeyId = 'AKIAEXAMPLE000000001';
  const secret = 'a-secret-of-20-digits'.replaceAll('-', '0');
  const from = rotationValues('access-key', { ...values, roleArn: '', accessKeyId });
  const wrong = (given: Partial<typeof from>) =>
    rotationProblems({ ...from, ...given }, ours, accessKeyId).map(({ field }) => field);

  it('takes the stored secret for the access key it belongs to, and wants another for another', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ accessKeyId: 'AKIAEXAMPLE000000002' })).toEqual(['secret']);
    expect(wrong({ accessKeyId: 'AKIAEXAMPLE000000002', secret })).toEqual([]);
    expect(wrong({ accessKeyId: 'ASIAEXAMPLE000000002', secret })).toEqual(['accessKeyId']);
    expect(wrong({ keyArn: '1234abcd-12ab-34cd-56ef-1234567890ab' })).toEqual([]);
  });

  it('sends what belongs to the mode, and takes a typed secret for a change', () => {
    expect(toPrepare({ ...from, secret })).toEqual({ region: from.region, keyArn: from.keyArn, accessKeyId, secret });
    expect(toPrepare(values)).toEqual({ region: from.region, keyArn: from.keyArn, roleArn: values.roleArn });
    expect(sameValues(from, { ...from, secret })).toBe(false);
    expect(sameValues(from, { ...from, roleArn: 'something of the other mode' })).toBe(true);
  });
});
