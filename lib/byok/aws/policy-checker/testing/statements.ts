/** For tests: statements that are sound, and ways to make them unsound. */
import { type PolicyShape, readPolicyShape } from '../../policy-shape.ts';
import type { FindingCode } from '../finding-words.ts';
import type { CheckerValues, PolicyKind } from '../policy-shape.ts';

export const values: CheckerValues = {
  partition: 'aws',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyAccountId: '111122223333',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
  serviceRoleArn: 'arn:aws:iam::999988887777:role/KeywardService',
  externalId: 'kw-uBbV3yGkZr0h6qPjX1nTtA',
  tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11',
  shape: readPolicyShape({}),
  dataKeyPair: false,
};

type Json = Record<string, unknown>;
export type Pasted = [
  title: string,
  kind: PolicyKind,
  policy: object,
  findings: FindingCode[],
  /** What the customer chose, where it is not the usual. */
  chosen?: { shape?: Partial<PolicyShape>; dataKeyPair?: boolean },
];

/** What a policy has to be sound for where the customer chose something. */
export function valuesFor({ shape, dataKeyPair }: NonNullable<Pasted[4]> = {}): CheckerValues {
  return { ...values, shape: { ...values.shape, ...shape }, dataKeyPair: dataKeyPair ?? false };
}

export const { keyArn, roleArn, serviceRoleArn, externalId, tenantId } = values;
export const root = 'arn:aws:iam::111122223333:root';
export const contextKey = 'kms:EncryptionContext:keyward:tenant';
export const cryptographic = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'];
export const inContext = { StringEquals: { [contextKey]: tenantId } };
export const withExternalId = { StringEquals: { 'sts:ExternalId': externalId } };

export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

export const trusting = (parts: Json): Json => ({
  Effect: 'Allow',
  Principal: { AWS: serviceRoleArn },
  Action: 'sts:AssumeRole',
  Condition: withExternalId,
  ...parts,
});
export const trust = (parts: Json, ...more: Json[]) => policy(trusting(parts), ...more);
/** A part that is given as undefined is left out. */
export const bare = (statement: Json): Json => JSON.parse(JSON.stringify(statement));

export const describes: Json = { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: keyArn };
export const uses: Json = { Effect: 'Allow', Action: cryptographic, Resource: keyArn, Condition: inContext };
export const permits = (parts: Json, ...more: Json[]) => policy(describes, bare({ ...uses, ...parts }), ...more);

export const toRole = { AWS: roleArn };
export const rootStatement: Json = { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
export const keyDescribes: Json = { ...describes, Principal: toRole, Resource: '*' };
export const keyUses: Json = { ...uses, Principal: toRole, Resource: '*' };
export const keyDenies: Json = {
  ...keyUses,
  Effect: 'Deny',
  Condition: { StringNotEquals: { [contextKey]: tenantId } },
};
export const onKey = (parts: Json, ...more: Json[]) =>
  policy(rootStatement, keyDescribes, bare({ ...keyUses, ...parts }), keyDenies, ...more);
