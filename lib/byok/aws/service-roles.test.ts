import { describe, expect, it } from 'vitest';
import { serviceRoleFor } from './service-roles.ts';

const general = 'arn:aws:iam::999988887777:role/KeywardService';
const gov = 'arn:aws-us-gov:iam::999988885555:role/KeywardService';
const asia = 'arn:aws:iam::999988886666:role/KeywardService';
const roles = [
  { regions: 'us-gov-*', roleArn: gov },
  { regions: 'ap-south-1', roleArn: asia },
  { regions: '*', roleArn: general },
];

describe('the role that customers of a region trust', () => {
  it('is the one for the region, else the one for all', () => {
    expect(serviceRoleFor(roles, 'us-gov-west-1')).toEqual({ roleArn: gov, own: true, missingIn: null });
    expect(serviceRoleFor(roles, 'ap-south-1')).toEqual({ roleArn: asia, own: true, missingIn: null });
    expect(serviceRoleFor(roles, 'ap-south-2')).toEqual({ roleArn: general, own: false, missingIn: null });
  });

  it('is known to be of no use where it is in another partition', () => {
    expect(serviceRoleFor(roles, 'cn-north-1')).toEqual({ roleArn: general, own: false, missingIn: 'aws-cn' });
  });

  it('is none for what is no region', () => {
    expect(serviceRoleFor(roles, 'mars-1')).toBeUndefined();
    expect(serviceRoleFor([], 'us-east-1')).toBeUndefined();
  });
});
