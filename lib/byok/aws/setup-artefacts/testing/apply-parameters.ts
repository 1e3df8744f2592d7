/**
 * For tests: sets an account up from the Terraform parameters as the module does, so that what is in them is tried where there
 * is no Terraform. The module itself is applied for real in `artefacts.test.ts`.
 */
import { marks } from '../artefact-policies.ts';
import type { Administrator } from './aws-administrator.ts';

export type Parameters = Record<'role_name' | 'role_path' | 'key_arn' | 'key_alias' | 'key_description', string> & {
  permission_name: string;
  other_key_arns: string[];
} & Record<'trust_policy' | 'key_policy' | 'permission_policy', object>;

export async function applyParameters(
  text: string,
  { call }: Administrator,
): Promise<{ roleArn: string; keyArn: string }> {
  const given = JSON.parse(text) as Parameters;
  const { Role } = await call('iam create-role', {
    RoleName: given.role_name,
    Path: given.role_path,
    AssumeRolePolicyDocument: JSON.stringify(given.trust_policy),
  });
  const roleArn = (Role as { Arn: string }).Arn;
  const Policy = JSON.stringify(given.key_policy).replaceAll(marks.role, roleArn);
  let keyArn = given.key_arn;
  if (keyArn === '') {
    const { KeyMetadata } = await call('kms create-key', { Description: given.key_description, Policy });
    keyArn = (KeyMetadata as { Arn: string }).Arn;
    await call('kms create-alias', { AliasName: given.key_alias, TargetKeyId: keyArn });
  } else await call('kms put-key-policy', { KeyId: keyArn, PolicyName: 'default', Policy });
  const keys = JSON.stringify([...new Set([keyArn, ...given.other_key_arns])]);
  await call('iam put-role-policy', {
    RoleName: given.role_name,
    PolicyName: given.permission_name,
    PolicyDocument: JSON.stringify(given.permission_policy).replaceAll(`"${marks.keys}"`, keys),
  });
  return { roleArn, keyArn };
}
