/** For tests: what can be chosen for a set-up, one after the other into one folder or account, in whatever order. */
import { accountId, type Customer, region, tenantId } from '../../../../kms/testing/customer.ts';
import { keyPolicy } from '../../policies.ts';
import { readPolicyShape } from '../../policy-shape.ts';
import type { ArtefactValues } from '../artefact-values.ts';
import { artefactValues } from './artefact-values.ts';

/** A place to set things up in: a role and an enterprise key of their own, in the customer's account. */
export type Place = { aws: Customer; roleName: string; id: string; elsewhereArn: string; givenArn: string };

export const otherAccountId = '444455556666';
const sister = '0c0ffee0-1111-4222-8333-444455556666';
const shape = (parts: object) => ({ shape: { ...readPolicyShape({}), ...parts } });

/** `made` is the key that was made in this place, once there is one; until then a key that is there is in its stead. */
export const choices: Record<string, (place: Place, made: string | null) => Partial<ArtefactValues>> = {
  'a key that is to be made': () => ({}),
  'its ARN pasted': ({ givenArn }, made) => ({ cmk: { arn: made ?? givenArn, accountId } }),
  'another key that is there': ({ givenArn }) => ({ cmk: { arn: givenArn, accountId } }),
  'a key of another account': ({ elsewhereArn }) => ({ cmk: { arn: elsewhereArn, accountId: otherAccountId } }),
  'its ARN pasted, and another in use': ({ givenArn, roleName }, made) => ({
    cmk: { arn: made ?? givenArn, accountId },
    inUse: [use({ keyArn: givenArn, roleArn: roleArnOf(roleName) })],
  }),
  'the customer’s account in the key policy': () => shape({ keyPrincipal: 'account' }),
  'the vendor’s account in the trust policy': () => shape({ trustPrincipal: 'account' }),
  'a second tenant and data key pairs': () => ({ ...shape({ otherTenants: [sister] }), dataKeyPair: true }),
  'other words': ({ id }) => ({
    tenant: { id: tenantId, name: 'Acme, renamed' },
    key: { id, alias: 'Renamed', description: 'Other words.' },
  }),
  'another role name': ({ roleName }) => ({
    role: { accountId, arn: roleArnOf(`${roleName}Two`), name: `${roleName}Two`, path: '/' },
  }),
};

export function use(parts: { keyArn: string; roleArn: string; current?: boolean }): ArtefactValues['inUse'][number] {
  return {
    keyId: 'k',
    alias: 'Old',
    version: 1,
    serviceRoleArn: artefactValues().serviceRoleArn,
    current: true,
    ...parts,
  };
}

export function roleArnOf(roleName: string): string {
  return `arn:aws:iam::${accountId}:role/${roleName}`;
}

export function valuesIn(place: Place, choice: string, made: string | null): ArtefactValues {
  const { roleName, id } = place;
  const plain = artefactValues({
    key: { id, alias: 'Production', description: '' },
    role: { accountId, arn: roleArnOf(roleName), name: roleName, path: '/' },
  });
  return { ...plain, ...choices[choice]?.(place, made) };
}

/** A place in which there is nothing yet but a key of the account, and one of another account. */
export async function newPlace(aws: Customer, name: string): Promise<Place> {
  await aws.send('POST', 'accounts', { accountId: otherAccountId });
  const { KeyMetadata: there } = await aws.send('POST', `accounts/${otherAccountId}/kms/${region}/CreateKey`, {});
  const { KeyMetadata: here } = await aws.kms('CreateKey', {});
  const arn = (metadata: unknown) => (metadata as { Arn: string }).Arn;
  const id = `${name.padEnd(8, '0').slice(0, 8)}-0000-4000-8000-000000000001`;
  return { aws, roleName: `Role-${name}`, id, elsewhereArn: arn(there), givenArn: arn(here) };
}

/** What the words beside each format ask of a person: the key of another account gets its policy there. */
export async function putPolicyElsewhere({ aws, elsewhereArn }: Place, roleArn: string): Promise<void> {
  const Policy = JSON.stringify(keyPolicy({ partition: 'aws', accountId: otherAccountId, roleArn, tenantId }));
  const input = { KeyId: elsewhereArn, PolicyName: 'default', Policy };
  await aws.send('POST', `accounts/${otherAccountId}/kms/${region}/PutKeyPolicy`, input);
}

/** Every key of the account that is scheduled for deletion, and every alias. */
export async function standing(aws: Customer): Promise<{ dying: string[]; aliases: string[]; keys: number }> {
  const { Keys } = (await aws.kms('ListKeys', {})) as { Keys: { KeyArn: string }[] };
  const { Aliases } = (await aws.kms('ListAliases', {})) as { Aliases: { AliasName: string }[] };
  const dying: string[] = [];
  for (const { KeyArn } of Keys) {
    // The account's root user is let in by every policy of the artefacts.
    const { KeyMetadata } = (await aws.kms('DescribeKey', { KeyId: KeyArn })) as { KeyMetadata: { KeyState: string } };
    if (KeyMetadata.KeyState !== 'Enabled') dying.push(KeyArn);
  }
  return { dying, aliases: Aliases.map(({ AliasName }) => AliasName), keys: Keys.length };
}

/**
 * Orders of all choices in which each begins once and each follows each other exactly once (a Latin square of Williams), so
 * that every pair is tried with the fewest steps. For an even number of choices.
 */
export function orders(): string[][] {
  const names = Object.keys(choices);
  const steps = names.map((_, at) => (at % 2 === 1 ? (at + 1) / 2 : names.length - at / 2) % names.length);
  return names.map((_, first) => steps.map((step) => names[(first + step) % names.length] ?? ''));
}
