import { describe, expect, it } from 'vitest';
import { describeKeyReference, describeRoleReference } from './read-back.ts';

const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const chosen = { region: 'us-east-1', accountId: '111122223333' };

describe('describeKeyReference', () => {
  it('shows account, region and key of a pasted ARN, spaces and all', () => {
    const read = describeKeyReference(`  arn:aws:kms:us-east-1:111122223333:key/${keyId}\n`, chosen);
    expect(read?.parts.map(({ value }) => value)).toEqual(['111122223333', 'us-east-1', keyId]);
    expect(read?.note).toBeNull();
  });

  it('reads an alias, and a key ID with what was chosen', () => {
    expect(describeKeyReference('arn:aws:kms:us-east-1:111122223333:alias/byok', chosen)?.parts.at(-1)).toEqual({
      label: 'Alias',
      value: 'alias/byok',
    });
    expect(describeKeyReference(keyId, chosen)?.parts[0]?.value).toBe('111122223333');
  });

  it('points out another account', () => {
    const read = describeKeyReference(`arn:aws:kms:us-east-1:444455556666:key/${keyId}`, chosen);
    expect(read?.note).toContain('111122223333');
  });

  it.each(['', 'arn:aws:iam::111122223333:role/BYOK_Role', 'arn:aws:kms:nowhere:111122223333:key/x'])(
    'reads nothing out of “%s”',
    (text) => {
      expect(describeKeyReference(text, chosen)).toBeNull();
    },
  );
});

describe('describeRoleReference', () => {
  it('shows account, role and path', () => {
    const read = describeRoleReference('arn:aws:iam::111122223333:role/team/Keyward', '111122223333');
    expect(read?.parts.map(({ value }) => value)).toEqual(['111122223333', 'Keyward', '/team/']);
  });

  it('reads nothing out of a key’s ARN, and points out another account', () => {
    expect(describeRoleReference(`arn:aws:kms:us-east-1:111122223333:key/${keyId}`, '')).toBeNull();
    expect(describeRoleReference('arn:aws:iam::444455556666:role/R', '111122223333')?.note).toContain(
      'another account',
    );
  });
});
