import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { serviceRoleHint } from '../service-role-note.tsx';

type ExchangeProps = { setup: Pick<SetupView, 'ourIdentity' | 'ourIdentities' | 'externalId'>; region: string };

/** What your role has to know of us. Both stand in the policies below already. */
export function ChecklistExchange({ setup, region }: ExchangeProps) {
  const others = setup.ourIdentities.filter(({ roleArn }) => roleArn !== setup.ourIdentity);
  return (
    <Panel aria-labelledby="exchange">
      <PanelHeader
        description="Who we are to AWS. Both values are in the policies below already."
        id="exchange"
        level={3}
        title="What your role has to trust"
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <CopyField
          hint={
            serviceRoleHint(setup, region) ??
            `The role of ours that assumes yours, as this installation is configured for ${region}.`
          }
          label="Service Role ARN"
          value={setup.ourIdentity}
        />
        <CopyField
          hint="Made by us for your organisation alone. No other customer of ours can present it."
          label="External ID in the policy"
          value={setup.externalId}
        />
      </div>
      <p className="mt-3 text-ink-2">
        Another installation of ours, or another region, may have another service role: trust the one that is shown here
        and not one from an older guide. Nobody has to be asked for it.
      </p>
      {others.length > 0 ? (
        <details className="mt-1.5 min-w-0">
          <summary className="py-1 font-medium">The service roles of other regions</summary>
          <dl className="mt-1.5 grid gap-1">
            {setup.ourIdentities.map(({ regions, roleArn }) => (
              <div className="flex flex-wrap gap-x-2" key={regions}>
                <dt className="text-ink-2">{regions === '*' ? 'Everywhere else' : regions}</dt>
                <dd className="min-w-0 break-all font-mono text-[0.8125rem]">{roleArn}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </Panel>
  );
}
