import { parseRoleArn } from '#lib/byok/aws/arn.ts';
import type { Problem } from '#lib/byok/aws/connect-problems.ts';
import { regionProblem } from '#lib/byok/aws/place-problems.ts';
import { serviceRoleFor } from '#lib/byok/aws/service-roles.ts';
import type { SetUpValues } from '../../_providers/provider-screens.ts';
import type { SetUpSource } from '../../_shared/aws/set-up.ts';
import { vendorAccount } from '../../_shared/aws/vendor-account.ts';
import { accountOf } from './role.tsx';
import type { RotationField, RotationValues } from './rotation-input.ts';
import type { Difference } from './rotation-mode.ts';
import { rotationModes } from './rotation-modes.ts';

type Named = { region: string; keyArn: string; roleArn: string; accessKeyId: string };

/** What stands, or what was prepared, as the form takes it. A secret is never among it. */
export function rotationValues(
  mode: RotationValues['mode'],
  { region, keyArn, roleArn, accessKeyId }: Named,
): RotationValues {
  return { mode, region, keyArn, roleArn, accessKeyId, secret: '' };
}

/**
 * What is wrong with what a rotation is given: as in the step AWS, with the region beside it; a bare key ID is one of the role's
 * account. `storedFor` is the access key ID whose secret is stored.
 */
export function rotationProblems(
  given: RotationValues,
  serviceRoleArn: string,
  storedFor = '',
): Problem<RotationField>[] {
  const ofRegion = regionProblem(given.region);
  if (ofRegion) return [{ field: 'region', message: ofRegion }];
  return rotationModes[given.mode].problems(trimmed(given), { storedFor, ...vendorAccount(serviceRoleArn) });
}

/** What is pasted often brings a space or a line break along. */
export function trimmed({ mode, region, ...typed }: RotationValues): RotationValues {
  return {
    mode,
    region,
    keyArn: typed.keyArn.trim(),
    roleArn: typed.roleArn.trim(),
    accessKeyId: typed.accessKeyId.trim(),
    secret: typed.secret.trim(),
  };
}

export function sameValues(left: RotationValues, right: RotationValues): boolean {
  return rotationModes[left.mode].fields.every((field) => left[field].trim() === right[field].trim());
}

/** What a rotation to these values changes; nothing of it where the same alias is to be looked at anew. */
export function differences(from: RotationValues, to: RotationValues): Difference {
  const differs = (field: RotationField) => from[field].trim() !== to[field].trim();
  return {
    key: differs('keyArn'),
    role: differs('roleArn'),
    accessKey: differs('accessKeyId') || differs('secret'),
    region: differs('region'),
  };
}

/** What the policies are made of where a configuration is no step of the wizard: the account and the role's name come from its ARN. */
export function setUpSource(
  values: SetUpValues,
  saved: RotationValues,
  report: SetUpSource['report'],
  choices?: Pick<SetUpSource['configuration'], 'policyShape' | 'dataKeyPair'> | null,
): SetUpSource {
  const role = parseRoleArn(saved.roleArn);
  return {
    ...values,
    // The region may be changed here, and with it who we are there.
    ourIdentity: serviceRoleFor(values.ourIdentities, saved.region)?.roleArn ?? values.ourIdentity,
    report,
    configuration: {
      ...saved,
      ...(choices ? { policyShape: choices.policyShape, dataKeyPair: choices.dataKeyPair } : {}),
      accountId: accountOf(saved.roleArn),
      roleName: role.ok ? role.value.roleName : '',
    },
  };
}
