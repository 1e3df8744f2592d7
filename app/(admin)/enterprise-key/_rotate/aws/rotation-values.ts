import { parseRoleArn } from '#lib/byok/aws/arn.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { serviceRoleFor } from '#lib/byok/aws/service-roles.ts';
import * as z from '#lib/byok/zod-config.ts';
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
 * What a rotation may be given: as in the step AWS, with the region beside it; a bare key ID is one of the role's account.
 * `storedFor` is the access key ID whose secret is stored.
 */
export function rotationSchema(serviceRoleArn: string, storedFor = '') {
  const ours = vendorAccount(serviceRoleArn);
  return z
    .object({
      mode: z.enum(['assume-role', 'access-key']),
      keyArn: z.string().trim(),
      roleArn: z.string().trim(),
      accessKeyId: z.string().trim(),
      secret: z.string().trim(),
      region: z.string(),
    })
    .superRefine((given, check) => {
      if (!isKnownRegion(given.region)) {
        check.addIssue({ code: 'custom', path: ['region'], message: 'Choose an AWS region from the list.' });
        return;
      }
      const schema = rotationModes[given.mode].schema(given, { storedFor, ...ours });
      const parsed = schema.safeParse(given);
      for (const { path, message } of parsed.error?.issues ?? []) check.addIssue({ code: 'custom', path, message });
    });
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
