import { parseRoleArn } from '#lib/byok/arn.ts';
import { connectStepSchema } from '#lib/byok/key-configuration.ts';
import { isKnownRegion } from '#lib/byok/regions.ts';
import type { SetupView } from '#lib/byok/views.ts';
import { z } from '#lib/byok/zod-config.ts';
import type { SetUpSource } from '../_wizard/set-up.ts';
import type { RotationValues } from './change.ts';

/** Our own and the tenant's names that the policies are made of. */
export type SetUpValues = Pick<SetupView, 'tenant' | 'externalId' | 'serviceRoleArn' | 'consoleUrl'>;

/** In the order of the form. */
export const rotationFields = ['keyArn', 'roleArn', 'region'] as const;

/** What a rotation may be given: as in Connect, with the region beside it; a bare key ID is one of the role's account. */
export function rotationSchema(serviceRoleArn: string) {
  const vendor = parseRoleArn(serviceRoleArn);
  return z
    .object({ keyArn: z.string().trim(), roleArn: z.string().trim(), region: z.string() })
    .superRefine((given, check) => {
      if (!isKnownRegion(given.region)) {
        check.addIssue({ code: 'custom', path: ['region'], message: 'Choose an AWS region from the list.' });
        return;
      }
      const parsed = connectStepSchema({
        region: given.region,
        accountId: accountOf(given.roleArn),
        ...(vendor.ok ? { vendorAccountId: vendor.value.accountId } : {}),
      }).safeParse(given);
      for (const { path, message } of parsed.error?.issues ?? []) check.addIssue({ code: 'custom', path, message });
    });
}

/** Empty while the role's ARN cannot be read. */
export function accountOf(roleArn: string): string {
  const role = parseRoleArn(roleArn);
  return role.ok ? role.value.accountId : '';
}

export function sameValues(left: RotationValues, right: RotationValues): boolean {
  return rotationFields.every((field) => left[field].trim() === right[field].trim());
}

export type Difference = { key: boolean; role: boolean; region: boolean };

/** What a rotation to these values changes; nothing of it where the same alias is to be looked at anew. */
export function differences(from: RotationValues, to: RotationValues): Difference {
  const differs = (field: keyof RotationValues) => from[field].trim() !== to[field].trim();
  return { key: differs('keyArn'), role: differs('roleArn'), region: differs('region') };
}

/** What the policies are made of where a configuration is no step of the wizard: the account and the role's name come from its ARN. */
export function setUpSource(values: SetUpValues, saved: RotationValues, report: SetUpSource['report']): SetUpSource {
  const role = parseRoleArn(saved.roleArn);
  return {
    ...values,
    report,
    configuration: { ...saved, accountId: accountOf(saved.roleArn), roleName: role.ok ? role.value.roleName : '' },
  };
}
