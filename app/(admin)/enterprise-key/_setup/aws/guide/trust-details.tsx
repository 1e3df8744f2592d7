import { CopyField } from '#components/ui/copy-field.tsx';
import { Fold } from '#components/ui/fold.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { HelpTerm } from '../../../../../_shared/help/help-term.tsx';
import { serviceRoleHint } from '../service-role-note.tsx';

type ExchangeProps = { setup: Pick<SetupView, 'ourIdentity' | 'ourIdentities' | 'externalId'>; region: string };

/** What the customer's role has to know of Keyward. Both stand in the policies already. */
export function TrustDetails({ setup, region }: ExchangeProps) {
  const others = setup.ourIdentities.filter(({ roleArn }) => roleArn !== setup.ourIdentity);
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <CopyField
          hint={serviceRoleHint(setup, region) ?? `The role of Keyward that assumes yours, for ${region}.`}
          label="Service Role ARN"
          value={setup.ourIdentity}
        />
        <CopyField
          help={<HelpTerm label="What is this ID for?" term="external ID" />}
          hint="It is unique to your organisation. No other customer can present it."
          label="External ID in the policy"
          value={setup.externalId}
        />
      </div>
      <p className="mt-3 text-ink-2">
        Another installation or region may have a different service role. Trust the one shown here, not one from an
        older guide.
      </p>
      {others.length > 0 ? (
        <Fold summary="The service roles of other regions">
          <dl className="grid gap-1">
            {setup.ourIdentities.map(({ regions, roleArn }) => (
              <div className="flex flex-wrap gap-x-2" key={regions}>
                <dt className="text-ink-2">{regions === '*' ? 'Everywhere else' : regions}</dt>
                <dd className="min-w-0 break-all font-mono text-[0.8125rem]">{roleArn}</dd>
              </div>
            ))}
          </dl>
        </Fold>
      ) : null}
    </>
  );
}
