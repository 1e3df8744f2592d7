import { Callout } from '#components/ui/callout.tsx';
import { regions } from '#lib/byok/aws/regions.ts';
import { serviceRoleFor } from '#lib/byok/aws/service-roles.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

type NoteProps = { setup: Pick<SetupView, 'ourIdentities'>; region: string };

/** Says who we are in the region that is chosen, where that is not who we are elsewhere, and what to do where we are nobody. */
export function ServiceRoleNote({ setup, region }: NoteProps) {
  const role = serviceRoleFor(setup.ourIdentities, region);
  if (!role) return null;
  if (role.missingIn) return <NoServiceRole partition={role.missingIn} />;
  if (!role.own) return null;
  return (
    <p className="text-[0.8125rem] text-ink-2">
      {serviceRoleHint(setup, region)} <code className="break-all font-mono">{role.roleArn}</code>
    </p>
  );
}

/** Nothing that could be shown to set up would work: no role there can trust us. */
export function isUnreachable({ configuration, ourIdentities: serviceRoles }: SetupView): boolean {
  const { authMode, region } = configuration;
  return authMode === 'assume-role' && Boolean(serviceRoleFor(serviceRoles, region)?.missingIn);
}

/** One sentence for wherever the ARN itself stands beside it; undefined where there is nothing special. */
export function serviceRoleHint(
  { ourIdentities: serviceRoles }: Pick<SetupView, 'ourIdentities'>,
  region: string,
): string | undefined {
  const role = serviceRoleFor(serviceRoles, region);
  if (!role?.own || role.missingIn) return undefined;
  const name = Object.hasOwn(regions, region) ? regions[region as keyof typeof regions].name : region;
  return `This installation uses a role of its own for ${name}: take this one, not the one of another region.`;
}

function NoServiceRole({ partition }: { partition: string }) {
  return (
    <Callout className="mb-0" title={`This installation has no role in ${partition}.`} tone="warn">
      <p>
        AWS lets no role be assumed from another partition, so your role there cannot trust Keyward. Ask your vendor for
        a service role in {partition}, or choose a region elsewhere. An access key works without one.
      </p>
    </Callout>
  );
}
