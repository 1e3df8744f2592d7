import { Callout } from '#components/ui/callout.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { CommitmentView, KeyListView, KeyPageView } from '#lib/byok/key-views.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { commitmentSentence } from '../../../_shared/key/commitment-sentence.ts';
import { whyNotId, whyNotMine } from '../_shared/change.ts';
import { CommitmentButton } from './commitment-button.tsx';
import { keyCommitmentConsequences, tenantCommitmentConsequences } from './commitment-words.ts';

const intro =
  'With this commitment, data under your keys never returns to the vendor’s platform key, not even by your own administrators.';

/** On a key's page: the commitment that was made, and the one that can be. */
export function KeyCommitment({ view, role }: { view: KeyPageView; role: Role }) {
  const { commitment } = view.details;
  const decision = view.commands['make-irreversible'];
  const notMine = whyNotMine(role) !== null;
  if (view.state === 'reverted') return null;
  return (
    <Panel aria-labelledby="commitment">
      <PanelHeader description={intro} help={<HelpTerm term="irreversible" />} id="commitment" title="Irreversible" />
      <StandingCommitment commitment={commitment} tenantName={view.tenant.name} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2.5">
        <div className="max-w-72">
          <CommitmentButton
            consequences={keyCommitmentConsequences(view)}
            disabledBy={notMine ? whyNotId : null}
            disabledReason={notMine || decision.allowed ? null : decision.reason}
            input={{ scope: 'key', keyId: view.id, revision: view.revision }}
            label="Make This Key Irreversible"
            title={`Make “${view.alias}” irreversible?`}
            typed={view.alias}
          />
        </div>
        <AllKeys commitment={commitment} role={role} tenantName={view.tenant.name} />
      </div>
    </Panel>
  );
}

/** Where all keys are listed: also before there is any. */
export function TenantCommitment({ tenant, role }: { tenant: KeyListView['tenant']; role: Role }) {
  return (
    <Panel aria-labelledby="commitment" className="mt-4.5">
      <PanelHeader description={intro} help={<HelpTerm term="irreversible" />} id="commitment" title="Irreversible" />
      <StandingCommitment commitment={tenant.commitment} tenantName={tenant.name} />
      <AllKeys commitment={tenant.commitment} role={role} tenantName={tenant.name} />
    </Panel>
  );
}

function StandingCommitment({ commitment, tenantName }: { commitment: CommitmentView | null; tenantName: string }) {
  const sentence = commitmentSentence(commitment, tenantName);
  if (sentence === null) return null;
  return (
    <Callout className="mb-3" title={sentence} tone="idle">
      <p>Revert to None and taking apps or bots off the key for the platform key are refused.</p>
    </Callout>
  );
}

function AllKeys({
  commitment,
  tenantName,
  role,
}: {
  commitment: CommitmentView | null;
  tenantName: string;
  role: Role;
}) {
  const already = commitment?.scope === 'tenant' ? 'Every key was made irreversible already.' : null;
  return (
    <div className="max-w-72">
      <CommitmentButton
        consequences={tenantCommitmentConsequences(tenantName)}
        disabledReason={whyNotMine(role, 'what holds for all keys') ?? already}
        input={{ scope: 'tenant' }}
        label="Make All Keys Irreversible"
        title={`Make every enterprise key of ${tenantName} irreversible?`}
        typed={tenantName}
      />
    </div>
  );
}
