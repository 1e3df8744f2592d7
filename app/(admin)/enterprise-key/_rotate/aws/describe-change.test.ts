import { describe, expect, it } from 'vitest';
import { describeChange } from './describe-change.ts';
import { rotationValues } from './rotation-values.ts';

const now = rotationValues('assume-role', {
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/A',
  keyArn: 'alias',
  accessKeyId: '',
});
const withAccessKey = rotationValues('access-key', { ...now, roleArn: '', accessKeyId: 'AKIAEXAMPLE000000001' });

describe('describeChange', () => {
  it.each([
    [now, 'The same names: Keyward resolves them in AWS again.'],
    [{ ...now, keyArn: 'other' }, 'A new key.'],
    [{ ...now, keyArn: 'other', roleArn: 'B' }, 'A new key and a new role.'],
    [{ ...now, keyArn: 'other', roleArn: 'B', region: 'eu-central-1' }, 'A new key, a new role and another region.'],
  ])('%o', (to, words) => {
    expect(describeChange(now, to)).toBe(words);
  });

  it('names a new access key by its ID or its secret, without a word of the secret', () => {
    const other = { ...withAccessKey, keyArn: 'other', accessKeyId: 'AKIAEXAMPLE000000002', secret: 'hush' };
    expect(describeChange(withAccessKey, other)).toBe('A new key and a new access key.');
    expect(describeChange(withAccessKey, { ...withAccessKey, secret: 'hush' })).toBe('A new access key.');
  });
});
