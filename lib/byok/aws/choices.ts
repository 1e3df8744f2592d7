import type { DraftChange, Progress } from '../provider-rules.ts';
import { type AwsDraft, awsDraftSchema } from './connection.ts';
import { placeChange } from './place.ts';
import type { PolicyShape } from './policy-shape.ts';
import type { ProviderStep } from './step-schemas.ts';

type WithoutWords<Step> = Step extends unknown ? Omit<Step, 'alias' | 'description' | 'tags'> : never;
export type ProviderChoice = WithoutWords<ProviderStep>;

/** What a new draft begins with: the role as the guide names it. */
export function blankAwsDraft(region: string, authMode = 'assume-role'): AwsDraft {
  return awsDraftSchema.parse({ provider: 'aws', authMode, region, roleName: 'BYOK_Role' });
}

export function progress(draft: AwsDraft, secretStored: boolean): Progress {
  const key = draft.keyArn !== '' || draft.createsKey;
  // Where the key is belongs to the step after the first.
  const chosen = true;
  return { chosen, key, connected: key && (draft.authMode === 'access-key' ? secretStored : draft.roleArn !== '') };
}

/** Step 1. What another authentication mode had is of no use in this one; account and name of a role are kept for coming back. */
export function choiceChange(before: AwsDraft, chosen: ProviderChoice): DraftChange<AwsDraft> {
  const { authMode, region, accountId, roleName } = before;
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  return {
    draft: chosenDraft(before, chosen),
    before: { authMode, region, accountId, roleName },
    after: given,
  };
}

function chosenDraft(before: AwsDraft, chosen: ProviderChoice): AwsDraft {
  const { keyArn, createsKey, dataKeyPair, policyShape } = before;
  const { region, accountId, roleName } = placeChange(before, chosen).draft;
  const kept = { provider: before.provider, region, accountId, roleName, keyArn, createsKey, dataKeyPair, policyShape };
  return chosen.authMode === 'access-key'
    ? { ...kept, authMode: 'access-key', accessKeyId: before.authMode === 'access-key' ? before.accessKeyId : '' }
    : { ...kept, authMode: 'assume-role', roleArn: before.authMode === 'assume-role' ? before.roleArn : '' };
}

/** How the policies are to be written. It is not part of the fingerprint: what is done with the key stays the same. */
export function shapeChange(before: AwsDraft, shape: PolicyShape | undefined): DraftChange<AwsDraft> {
  if (!shape) return { draft: before };
  const was = inWords(before.policyShape);
  const is = inWords(shape);
  const changed = JSON.stringify(was) !== JSON.stringify(is);
  return { draft: { ...before, policyShape: shape }, ...(changed ? { before: was, after: is } : {}) };
}

/** Whether the test asks for a data key pair: another test, so that one that passed before no longer counts. */
export function testChange(
  before: AwsDraft,
  { dataKeyPair }: { dataKeyPair?: boolean | undefined },
): DraftChange<AwsDraft> {
  if (dataKeyPair === undefined || dataKeyPair === before.dataKeyPair) return { draft: before };
  return {
    draft: { ...before, dataKeyPair },
    before: { dataKeyPair: String(before.dataKeyPair) },
    after: { dataKeyPair: String(dataKeyPair) },
  };
}

function inWords({ trustPrincipal, keyPrincipal, otherTenants }: PolicyShape): Record<string, string> {
  return { trustPrincipal, keyPrincipal, otherTenants: otherTenants.join(', ') };
}
