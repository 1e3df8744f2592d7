import { parseKeyReference, parseRoleArn } from '#lib/byok/aws/arn.ts';
import { createStackUrl } from '#lib/byok/aws/console-links.ts';
import type { CheckerValues } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { isKnownRegion } from '#lib/byok/aws/regions.ts';
import { type ArtefactValues, stackName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import { cloudFormationParameters } from '#lib/byok/aws/setup-artefacts/cloudformation-template.ts';
import { keysBeside } from '#lib/byok/aws/standing-uses.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { consoleOf, type SetUp } from '../../../_shared/aws/set-up.ts';

/** What of a set-up the setup artefacts are filled with. */
export type ArtefactSource = Pick<SetupView, 'externalId' | 'ourIdentity' | 'consoleUrl'> & {
  tenant: Pick<SetupView['tenant'], 'id' | 'name'>;
  key: Pick<SetupView['key'], 'id' | 'alias' | 'description'>;
};

/** Null where the role's ARN or the region is none: `describeSetUp` answers a set-up only where both are. */
export function artefactValuesOf(view: ArtefactSource, setUp: SetUp): ArtefactValues | null {
  const role = parseRoleArn(setUp.roleArn);
  const cmk = setUp.keyArn === null ? null : parseKeyReference(setUp.keyArn);
  if (!role.ok || !isKnownRegion(setUp.region) || cmk?.ok === false) return null;
  const { id, alias, description } = view.key;
  return {
    tenant: { id: view.tenant.id, name: view.tenant.name },
    key: { id, alias, description },
    partition: setUp.partition,
    region: setUp.region,
    role: { accountId: role.value.accountId, arn: role.value.arn, name: role.value.roleName, path: role.value.path },
    cmk: cmk ? { arn: cmk.value.arn, accountId: cmk.value.accountId } : null,
    serviceRoleArn: view.ourIdentity,
    externalId: view.externalId,
    shape: setUp.shape,
    dataKeyPair: setUp.dataKeyPair,
    inUse: setUp.inUse,
  };
}

/** A file for a key that Keyward is to create, or that is known by an alias alone, would make another one: then there is none. */
export function artefactOf(view: ArtefactSource, setUp: SetUp): ArtefactValues | null {
  return setUp.complete ? artefactValuesOf(view, setUp) : null;
}

/** What a policy that somebody pastes has to be sound for. */
export function checkerValuesOf(view: ArtefactSource, setUp: SetUp): CheckerValues | null {
  const values = artefactValuesOf(view, setUp);
  if (!values) return null;
  const { partition, region, role, cmk, serviceRoleArn, externalId, tenant, shape, dataKeyPair } = values;
  return {
    partition,
    region,
    roleArn: role.arn,
    keyAccountId: cmk?.accountId ?? setUp.accountId,
    keyArn: cmk?.arn ?? null,
    // A permission policy that names them too is no wider than it has to be.
    otherKeyArns: keysBeside(setUp.inUse, role.arn, cmk?.arn ?? null),
    serviceRoleArn,
    externalId,
    tenantId: tenant.id,
    shape,
    dataKeyPair,
  };
}

/** The page in AWS on which the stack of these artefacts is made. */
export function stackUrl(view: ArtefactSource, values: ArtefactValues): string {
  return createStackUrl({
    partition: values.partition,
    baseUrl: consoleOf(view),
    region: values.region,
    stackName: stackName(values),
    parameters: cloudFormationParameters(values),
  });
}
