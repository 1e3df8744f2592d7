import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArnReason, parseKeyArn, parseKeyReference, parseRoleArn } from './arn.ts';
import { isKnownRegion, partitionOf, regionList } from './regions.ts';

const keyId = '8cdca674-96a6-4a51-bd21-896541a2b840';
const keyArn = `arn:aws:kms:us-east-1:111122223333:key/${keyId}`;
const aliasArn = 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod';
const roleArn = 'arn:aws:iam::111122223333:role/BYOK_Role';

describe('a key', () => {
  it('is read from its ARN, trimmed', () => {
    expect(parseKeyArn(`  ${keyArn}\n`)).toEqual({
      ok: true,
      value: { kind: 'key', arn: keyArn, partition: 'aws', region: 'us-east-1', accountId: '111122223333', keyId },
    });
  });

  it('may be multi-Region, and in any partition with a region of that partition', () => {
    const multi = `arn:aws:kms:eu-west-1:111122223333:key/mrk-${'0a'.repeat(16)}`;
    expect(parseKeyArn(multi)).toMatchObject({ ok: true, value: { keyId: `mrk-${'0a'.repeat(16)}` } });
    for (const { id, partition } of regionList) {
      expect(parseKeyArn(`arn:${partition}:kms:${id}:111122223333:key/${keyId}`)).toMatchObject({
        ok: true,
        value: { region: id },
      });
    }
  });

  it('may be given by its alias or its bare ID where that is accepted', () => {
    expect(parseKeyReference(aliasArn)).toMatchObject({
      ok: true,
      value: { kind: 'alias', aliasName: 'alias/byok-prod' },
    });
    expect(parseKeyArn(aliasArn)).toMatchObject({ ok: false, reason: 'wrong-kind' });
    const within = { region: 'us-east-1', accountId: '111122223333' };
    expect(parseKeyReference(keyId, within)).toMatchObject({ ok: true, value: { kind: 'key', arn: keyArn } });
    expect(parseKeyReference(keyId, { region: 'cn-north-1', accountId: '111122223333' })).toMatchObject({
      value: { arn: `arn:aws-cn:kms:cn-north-1:111122223333:key/${keyId}` },
    });
    for (const missing of [
      undefined,
      { ...within, region: '' },
      { ...within, accountId: '' },
      { ...within, region: 'attacker' },
    ]) {
      expect(parseKeyReference(keyId, missing)).toMatchObject({ ok: false, reason: 'needs-region' });
    }
  });

  it.each<[string, ArnReason, RegExp]>([
    ['', 'empty', /Paste/],
    ['   ', 'empty', /Paste/],
    ['hello', 'not-an-arn', /not an ARN/],
    ['arn:aws:kms:us-east-1:111122223333', 'not-an-arn', /complete/],
    [`${keyArn} and more`, 'not-an-arn', /complete/],
    [roleArn, 'wrong-kind', /^This is a role ARN; paste the key’s ARN\.$/],
    ['arn:aws:iam::111122223333:user/ann', 'wrong-kind', /user ARN/],
    ['arn:aws:iam::111122223333:policy/P', 'wrong-kind', /policy ARN/],
    ['arn:aws:s3:::bucket', 'wrong-kind', /service “s3”/],
    ['arn:aws:kms:us-east-1:111122223333:grant/1', 'wrong-kind', /something else in KMS/],
    ['arn:aws:kms:::', 'unknown-region', /no region/],
    [keyArn.replace('us-east-1', 'attacker'), 'unknown-region', /attacker/],
    [keyArn.replace('us-east-1', 'toString'), 'unknown-region', /toString/],
    [keyArn.replace('us-east-1', 'cn-north-1'), 'partition-mismatch', /aws-cn/],
    [keyArn.replace('arn:aws:', 'arn:aws-us-gov:'), 'partition-mismatch', /us-east-1/],
    [keyArn.replace('arn:aws:', 'arn:aws-iso:'), 'unknown-partition', /aws-iso/],
    [keyArn.replace('111122223333', '11112222333'), 'bad-account', /12 digits/],
    [keyArn.replace('111122223333', ''), 'bad-account', /12 digits/],
    [keyArn.slice(0, -1), 'bad-resource', /not complete/],
    [`${keyArn}/more`, 'bad-resource', /not complete/],
    ['arn:aws:kms:us-east-1:111122223333:alias/', 'bad-resource', /not complete/],
    ['arn:aws:kms:us-east-1:111122223333:alias/aws/s3', 'aws-managed', /managed by AWS/],
  ])('%s is refused: %s', (text, reason, message) => {
    const parsed = parseKeyReference(text);
    expect(parsed).toMatchObject({ ok: false, reason });
    if (!parsed.ok) expect(parsed.message).toMatch(message);
  });
});

describe('a role', () => {
  it('is read from its ARN, its path apart', () => {
    expect(parseRoleArn(` ${roleArn} `)).toMatchObject({
      ok: true,
      value: { arn: roleArn, roleName: 'BYOK_Role', path: '/' },
    });
    expect(parseRoleArn('arn:aws:iam::111122223333:role/team/prod/BYOK_Role')).toMatchObject({
      ok: true,
      value: { roleName: 'BYOK_Role', path: '/team/prod/' },
    });
  });

  it.each<[string, ArnReason, RegExp]>([
    ['', 'empty', /Paste/],
    ['BYOK_Role', 'not-an-arn', /not an ARN/],
    [keyArn, 'wrong-kind', /^This is a key ARN; paste the role’s ARN\.$/],
    [aliasArn, 'wrong-kind', /alias ARN/],
    ['arn:aws:iam::111122223333:user/ann', 'wrong-kind', /user ARN/],
    ['arn:aws:iam::111122223333:root', 'wrong-kind', /root/],
    ['arn:aws:iam::111122223333:group/g', 'wrong-kind', /group ARN/],
    ['arn:aws:iam::111122223333:policy/P', 'wrong-kind', /policy ARN/],
    ['arn:aws:sts::111122223333:assumed-role/BYOK_Role/s', 'wrong-kind', /assumed-role/],
    ['arn:aws:iam::111122223333:role/aws-service-role/kms.amazonaws.com/R', 'wrong-kind', /service-linked/],
    ['arn:aws:iam:us-east-1:111122223333:role/R', 'bad-resource', /no region/],
    ['arn:aws:iam::1111:role/R', 'bad-account', /12 digits/],
    ['arn:aws:iam::111122223333:role/', 'bad-resource', /name/],
    ['arn:aws:iam::111122223333:role//R', 'bad-resource', /name/],
    [`arn:aws:iam::111122223333:role/${'r'.repeat(65)}`, 'bad-resource', /name/],
    ['arn:aws:iam::111122223333:role/a*b', 'bad-resource', /name/],
  ])('%s is refused: %s', (text, reason, message) => {
    const parsed = parseRoleArn(text);
    expect(parsed).toMatchObject({ ok: false, reason });
    if (!parsed.ok) expect(parsed.message).toMatch(message);
  });
});

describe('any text', () => {
  it('is either refused with a message or a name whose every part is known', () => {
    const piece = fc.constantFrom(
      'arn',
      'aws',
      'aws-cn',
      'kms',
      'iam',
      'sts',
      'us-east-1',
      'cn-north-1',
      '',
      '111122223333',
      `key/${keyId}`,
      'role/R',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { minLength: 5, maxLength: 8 }).map((parts) => parts.join(':')),
    );
    fc.assert(
      fc.property(text, (given) => {
        for (const parsed of [parseKeyReference(given), parseRoleArn(given)]) {
          if (!parsed.ok) expect(parsed.message).not.toBe('');
          else if (parsed.value.kind !== 'role') {
            expect(isKnownRegion(parsed.value.region)).toBe(true);
            expect(partitionOf(parsed.value.region)).toBe(parsed.value.partition);
          }
        }
      }),
    );
  });
});
