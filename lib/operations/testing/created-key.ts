/** For tests: a draft that asks Keyward to create its key, and what AWS then has. */
import { creationPolicy, creationTag } from '../../byok/created-key.ts';
import { trustPolicy } from '../../byok/policies.ts';
import { serviceRoleArn } from '../../kms/testing/customer.ts';
import { createKey } from '../keys/create-key.ts';
import { readSetup } from '../setup/read-setup.ts';
import { save, test } from './walk.ts';
import { must, type World } from './world.ts';

const accountId = '111122223333';

/** The role may create a key for Acme, and use none. */
export async function allowCreation(world: World): Promise<void> {
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: world.acme.externalId }));
  await world.aws.put.permission(
    creationPolicy({ partition: 'aws', region: 'us-east-1', accountId, tenantId: world.acme.id }),
  );
}

/** A draft whose Provider ARN was left blank on purpose, with everything before it tested. */
export async function draftWithoutKey(world: World): Promise<string> {
  const { admin } = world.callers;
  const { keyId } = must(await createKey(admin, {}));
  const common = { provider: 'aws', authMode: 'assume-role', region: 'us-east-1' } as const;
  const values = { ...common, accountId, roleName: 'BYOK_Role', alias: `made-${keyId.slice(0, 8)}`, description: '' };
  await save(admin, keyId, { step: 'provider', values });
  await save(admin, keyId, { step: 'connect', values: { keyArn: '', roleArn: world.aws.roleArn, createsKey: true } });
  await test(admin, keyId);
  return keyId;
}

export async function revisionOfDraft(world: World, keyId: string): Promise<number> {
  return must(await readSetup(world.callers.admin, { keyId })).key.revision;
}

/** ARNs of the keys that bear a creation's mark, by the creation's ID. */
export async function markedKeys(world: World): Promise<Map<string, string[]>> {
  const { Keys } = (await world.aws.kms('ListKeys', { Limit: 1_000 })) as { Keys: { KeyArn: string }[] };
  const marked = new Map<string, string[]>();
  for (const { KeyArn } of Keys) {
    const { Tags } = (await world.aws.kms('ListResourceTags', { KeyId: KeyArn })) as {
      Tags: { TagKey: string; TagValue: string }[];
    };
    const id = Tags.find((tag) => tag.TagKey === creationTag)?.TagValue;
    if (id) marked.set(id, [...(marked.get(id) ?? []), KeyArn]);
  }
  return marked;
}
