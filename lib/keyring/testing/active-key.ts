/** For tests: a customer's key that is active without any job, and rotations of it that are one commit. */

import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '../../byok/aws/policies.ts';
import { connectionOf } from '../../byok/aws/testing/connection-of.ts';
import { db, transaction } from '../../db/client.ts';
import { insertVersion } from '../../db/transition-store.ts';
import { accountId, region, serviceRoleArn } from '../../kms/testing/customer.ts';
import type { World } from '../../operations/testing/world.ts';

/** Acme's apps belong to its key from now on; what they have lies under the platform key still. */
export async function activateKey(world: World): Promise<{ keyId: string; versionId: string }> {
  await world.applyPolicies();
  const data = { tenantId: world.acme.id, state: 'active', alias: 'active', changedBy: 'test' } as const;
  const { id: keyId } = await db().enterpriseKey.create({ data });
  return { keyId, versionId: await rotateTo(world, keyId, {}) };
}

/** A further version of the key, to which every app of Acme's belongs from this commit on. @returns the version's ID */
export function rotateTo(
  world: World,
  keyId: string,
  { roleArn = world.aws.roleArn, keyArn = world.aws.keyArn },
): Promise<string> {
  return transaction(async (tx) => {
    const { id } = await insertVersion(tx, {
      keyId,
      tenantId: world.acme.id,
      externalId: world.acme.externalId,
      connection: connectionOf({ region, roleArn, keyArn }),
      pinnedKeyRef: keyArn,
      health: 'healthy',
    });
    await tx.app.updateMany({ where: { tenantId: world.acme.id }, data: { keyVersionId: id } });
    return id;
  });
}

/** Another role of the customer's, which may use the same key; the key's policy names both. @returns its ARN */
export async function makeOtherRole(world: World): Promise<string> {
  const RoleName = 'BYOK_Role_2';
  const tenantId = world.acme.id;
  const trust = policyText(trustPolicy({ serviceRoleArn, externalId: world.acme.externalId }));
  const made = await world.aws.iam('CreateRole', { RoleName, AssumeRolePolicyDocument: trust });
  const roleArn = (made.Role as { Arn: string }).Arn;
  await world.aws.iam('PutRolePolicy', {
    RoleName,
    PolicyName: 'BYOK_Policy',
    PolicyDocument: policyText(permissionPolicy({ keyArn: world.aws.keyArn, tenantId })),
  });
  const policies = [world.aws.roleArn, roleArn].map((role) =>
    keyPolicy({ partition: 'aws', accountId, roleArn: role, tenantId }),
  );
  const statements = policies.flatMap(({ Statement }, at) =>
    Statement.map((statement) => ({ ...statement, Sid: `${statement.Sid}${at}` })),
  );
  await world.aws.put.key({ Version: '2012-10-17', Statement: statements });
  return roleArn;
}

/** Another key in the customer's account, under the same policy as the first, and the role may use both. @returns its ARN */
export async function makeOtherKey(world: World): Promise<string> {
  const tenantId = world.acme.id;
  const { roleArn } = world.aws;
  const policy = policyText(keyPolicy({ partition: 'aws', accountId, roleArn, tenantId }));
  const made = await world.aws.kms('CreateKey', { Policy: policy });
  const keyArn = (made.KeyMetadata as { Arn: string }).Arn;
  const statements = [world.aws.keyArn, keyArn].flatMap((arn, at) =>
    permissionPolicy({ keyArn: arn, tenantId }).Statement.map((one) => ({ ...one, Sid: `${one.Sid}${at}` })),
  );
  await world.aws.put.permission({ Version: '2012-10-17', Statement: statements });
  return keyArn;
}
