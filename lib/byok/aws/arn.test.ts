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
    [keyArn.replace('arn:aws:', 'arn:aws-moon:'), 'unknown-partition', /no AWS partition named “aws-moon”/],
    [keyArn.replace('arn:aws:', 'arn:aws-iso:'), 'unsupported-partition', /aws-iso .* is not supported here/],
    [
      'arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/1',
      'unsupported-partition',
      /European Sovereign Cloud.*not supported here/,
    ],
    [keyArn.replace('us-east-1', 'us-isob-east-1'), 'unsupported-partition', /us-isob-east-1 .*not supported here/],
    [
      `arn:aws:kms:us\u200B-east-1:111122223333:key/${keyId}`,
      'odd-character',
      /zero-width space \(U\+200B\) after “arn:aws:kms:us”, which can’t be seen/,
    ],
    [`${keyArn}\u200B`, 'odd-character', /zero-width space \(U\+200B\) at the end/],
    [`\u2060${keyArn}`, 'odd-character', /word joiner \(U\+2060\) at the beginning/],
    [
      keyArn.replace('us-east-1', 'us\u2011east\u20111'),
      'odd-character',
      /non-breaking hyphen \(U\+2011\).*ordinary hyphen/,
    ],
    [keyArn.replace('arn:aws:', 'arn:aws\uFF1A'), 'odd-character', /full-width colon/],
    [keyArn.replace('arn:', '\uFF41\uFF52\uFF4E:'), 'odd-character', /“ａ” \(U\+FF41\) at the beginning/],
    [keyArn.replace('arn:', '\u0430rn:'), 'odd-character', /“а” \(U\+0430\) at the beginning/],
    [keyArn.replace('kms', 'km\u0455'), 'odd-character', /“ѕ” \(U\+0455\) after “arn:aws:km”/],
    [`${keyArn}.`, 'odd-character', /a full stop \(\.\) at the end/],
    [`${keyId}.`, 'odd-character', /a full stop \(\.\) at the end/],
    [keyArn.replace(':kms:', ':KMS:'), 'not-an-arn', /capitals in “KMS”.*“kms”/],
    [keyArn.replace('us-east-1', 'US-East-1'), 'not-an-arn', /capitals in “US-East-1”/],
    [keyArn.replace('arn:aws', 'ARN:aws'), 'not-an-arn', /capitals in “ARN”/],
    [`"${keyArn}"`, 'odd-character', /quotation mark \("\) at the beginning/],
    [`“${keyArn}”`, 'odd-character', /curly quotation mark \(U\+201C\)/],
    [`${keyArn},`, 'odd-character', /comma \(,\) at the end/],
    [keyArn.replace('key/', 'key\u00A0/'), 'odd-character', /non-breaking space \(U\+00A0\)/],
    [keyArn.replace('8cdca674', '8CDCA674'), 'bad-resource', /capital “C”.*small letters/],
    [keyId.toUpperCase(), 'bad-resource', /capital “C”/],
    [keyId.replaceAll('-', '\u2011'), 'odd-character', /U\+2011/],
    [`${keyId},`, 'odd-character', /comma/],
    [aliasArn.replace('byok', 'byök'), 'odd-character', /“ö” \(U\+00F6\)/],
    ['“hello”', 'not-an-arn', /not an ARN/],
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
    [
      'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann',
      'wrong-kind',
      /session of a person who signed in through IAM Identity Center \(AWSReservedSSO\).*Create a role of your own/,
    ],
    [roleArn.replace(':iam:', ':IAM:'), 'not-an-arn', /capitals in “IAM”/],
    ['arn:aws:iam::111122223333:role/aws-service-role/kms.amazonaws.com/R', 'wrong-kind', /service-linked/],
    [
      'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
      'wrong-kind',
      /IAM Identity Center.*trust policy can’t be changed/,
    ],
    ['arn:aws:iam::111122223333:role/aws-reserved/other/R', 'wrong-kind', /AWS reserves/],
    ['arn:aws-eusc:iam::111122223333:role/R', 'unsupported-partition', /not supported here/],
    ['arn:aws-iso-f:iam::111122223333:role/R', 'unsupported-partition', /not supported here/],
    [`${roleArn}\u200B`, 'odd-character', /U\+200B/],
    [`${roleArn},`, 'odd-character', /comma/],
    [`'${roleArn}'`, 'odd-character', /single quotation mark/],
    [roleArn.replace('_', '\u00AD'), 'odd-character', /soft hyphen \(U\+00AD\)/],
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
