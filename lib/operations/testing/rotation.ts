/** For tests: rotations as an administrator makes them, and roles to rotate to. */
import type { Caller } from '../../auth/identify.ts';
import { permissionPolicy, policyText, trustPolicy } from '../../byok/aws/policies.ts';
import type { CheckId } from '../../byok/test-report.ts';
import { serviceRoleArn } from '../../kms/testing/customer.ts';
import { readEnterpriseKey } from '../keys/read-enterprise-key.ts';
import { prepareRotation } from '../rotation/prepare-rotation.ts';
import { rotateKey } from '../rotation/rotate-key.ts';
import { test } from './walk.ts';
import { must, type TestTenant, type World } from './world.ts';

export type RotationValues = { roleArn: string; keyArn: string; region?: string };

export async function revisionOf(caller: Caller, keyId: string): Promise<number> {
  return must(await readEnterpriseKey(caller, { keyId })).revision;
}

/** Entered and tested. @returns what has to be acknowledged */
export async function prepareTested(caller: Caller, keyId: string, values: RotationValues): Promise<CheckId[]> {
  const revision = await revisionOf(caller, keyId);
  must(await prepareRotation(caller, { keyId, revision, values: { region: 'us-east-1', ...values } }));
  await test(caller, keyId);
  return must(await readEnterpriseKey(caller, { keyId })).rotation?.report?.warnings ?? [];
}

/** Entered, tested and rotated to; nothing has been moved by a worker yet. */
export async function rotate(
  caller: Caller,
  keyId: string,
  values: RotationValues,
  { reencrypt = false } = {},
): Promise<{ transitionId: string; versionNumber: number }> {
  const acknowledged = await prepareTested(caller, keyId, values);
  return must(await rotateKey(caller, { keyId, revision: await revisionOf(caller, keyId), acknowledged, reencrypt }));
}

/** Another role in the customer's account, which may use these keys. @returns its ARN */
export async function makeOtherRole(
  world: World,
  tenant: TestTenant,
  keyArns: string[],
  name: string,
): Promise<string> {
  const trust = trustPolicy({ serviceRoleArn, externalId: tenant.externalId });
  await world.aws.iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: policyText(trust) });
  for (const [n, keyArn] of keyArns.entries()) {
    const document = permissionPolicy({ keyArn, tenantId: tenant.id });
    await world.aws.iam('PutRolePolicy', {
      RoleName: name,
      PolicyName: `Key_${n}`,
      PolicyDocument: policyText(document),
    });
  }
  return `arn:aws:iam::111122223333:role/${name}`;
}
