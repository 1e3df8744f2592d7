import { describe, expect, it } from 'vitest';
import { parseKmsDomain } from './kms-domain.ts';
import { partitionOf, regionList } from './regions.ts';

describe('the domain of AWS KMS', () => {
  it.each([
    ['kms.ap-south-1.amazonaws.com', 'ap-south-1'],
    [' https://KMS.eu-central-1.amazonaws.com/ ', 'eu-central-1'],
    ['kms.us-east-1.amazonaws.com:443', 'us-east-1'],
    ['kms-fips.us-west-2.amazonaws.com', 'us-west-2'],
    ['kms.eu-west-1.api.aws', 'eu-west-1'],
    ['kms-fips.us-gov-west-1.api.aws', 'us-gov-west-1'],
    ['kms.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['kms.cn-northwest-1.api.amazonwebservices.com.cn', 'cn-northwest-1'],
  ])('%s is of %s', (text, region) => {
    expect(parseKmsDomain(text)).toEqual({ ok: true, region });
  });

  it('is understood of every region that is known', () => {
    for (const { id } of regionList) {
      const end = partitionOf(id) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      expect(parseKmsDomain(`kms.${id}.${end}`)).toEqual({ ok: true, region: id });
    }
  });

  it.each([
    ['', /not a host name of AWS/],
    ['kms', /not a host name of AWS/],
    ['kms.us-east-1.amazonaws.com.attacker.example', /not a host name of AWS/],
    ['http://kms.us-east-1.amazonaws.com', /not the host name of AWS KMS/],
    ['kms.us-east-1.amazonaws.com/path', /not a host name of AWS/],
    ['user@kms.us-east-1.amazonaws.com', /not the host name of AWS KMS/],
    ['s3.us-east-1.amazonaws.com', /not the host name of AWS KMS/],
    ['kms.amazonaws.com', /One region has to be between/],
    ['kms.attacker.amazonaws.com', /no AWS region named “attacker”/],
    ['kms.toString.amazonaws.com', /no AWS region named “tostring”/],
    ['kms.cn-north-1.amazonaws.com', /ends in amazonaws.com.cn/],
    ['kms.us-east-1.amazonaws.com.cn', /ends in amazonaws.com\./],
    ['vpce-0a1b.kms.us-east-1.vpce.amazonaws.com', /VPC endpoint/],
  ])('“%s” sets nothing, and says why', (text, message) => {
    const parsed = parseKmsDomain(text);
    expect(parsed).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});
