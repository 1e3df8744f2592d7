'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { Role } from '#lib/byok/account-views.ts';
import type { AppView, AssignableKey } from '#lib/byok/app-views.ts';
import { healthWords } from '#lib/byok/health.ts';
import { statusNames } from '#lib/byok/lifecycle.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { PlanFacts } from '../../../_shared/transitions/plan-facts.tsx';
import { assignAppAction } from './actions.ts';
import { useAssignmentPlan } from './use-assignment-plan.ts';
import { assignConsequences, presentKeyId, whyNotSave } from './words.ts';

const platform = 'platform';

/** Key Management: which key the app belongs to. Choosing does nothing; Save asks first. */
export function KeyManagement({ app, role }: { app: AppView; role: Role }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const present = presentKeyId(app);
  const [chosenId, setChosenId] = useState(present);
  const command = useCommand(assignAppAction);
  const chosen = app.choices.find((choice) => choice.keyId === chosenId);
  const now = app.choices.find((choice) => choice.keyId === present);
  const changed = chosenId !== present;
  const plan = useAssignmentPlan(app, changed ? { to: chosenId } : null);
  const loses = changed && chosenId === null;

  async function save(): Promise<boolean> {
    const done = await command.run({ appId: app.id, from: seen(now), to: seen(chosen) });
    if (done.ok) router.refresh();
    return done.ok;
  }

  return (
    <Panel aria-labelledby="key-management">
      <PanelHeader
        description="An app uses one key. Its data stays readable while it moves."
        id="key-management"
        title="Key Management"
      />
      <fieldset className="contents" disabled={!hydrated}>
        <div className="mb-4 max-w-md">
          <SelectField
            disabled={role !== 'admin'}
            label="Key"
            onChange={(event) => setChosenId(event.currentTarget.value === platform ? null : event.currentTarget.value)}
            options={app.choices
              .filter((choice) => choice.reason === null)
              .map((choice) => ({ value: choice.keyId ?? platform, label: optionWords(choice, present) }))}
            value={chosenId ?? platform}
          />
        </div>
        <NotNow choices={app.choices} />
        {changed ? (
          <div className="mb-4">
            <p className="mb-1 font-medium">What would move</p>
            <PlanFacts kind="select-apps" plan={plan} />
          </div>
        ) : null}
        {chosen && now ? (
          <ConsequenceSheet
            consequences={assignConsequences(app, now, chosen)}
            done={`“${app.name}” now uses ${chosen.keyId ? `“${chosen.name}”` : 'the platform key'}.`}
            onConfirm={save}
            onOpen={command.clear}
            onReload={() => router.refresh()}
            pending={command.pending}
            plan={{ of: plan, kind: 'select-apps' }}
            title={`Put “${app.name}” under ${chosen.keyId ? `“${chosen.name}”` : 'the platform key'}?`}
            tone={loses ? 'danger' : 'primary'}
            trigger={
              <Button disabledReason={whyNotSave(role, changed)} variant="primary">
                Save
              </Button>
            }
            actionError={command.actionError}
            verb="Save"
          />
        ) : null}
      </fieldset>
    </Panel>
  );
}

function seen(choice: AssignableKey | undefined): { keyId: string; revision: number } | null {
  return choice?.keyId ? { keyId: choice.keyId, revision: choice.revision } : null;
}

function optionWords({ keyId, name, status, health }: AssignableKey, present: string | null): string {
  const seen = health?.state === 'revoked' || health?.state === 'outage' ? healthWords[health.state].label : null;
  const state = seen ?? (status ? statusNames[status] : null);
  return `${name}${state ? ` (${state})` : ''}${keyId === present ? ', now' : ''}`;
}

/** What cannot be chosen stays visible with its reason. */
function NotNow({ choices }: { choices: AssignableKey[] }) {
  const refused = choices.filter((choice) => choice.reason !== null);
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="not-now" className="mb-4">
      <h3 className="mb-1 font-medium" id="not-now">
        Cannot be chosen now
      </h3>
      <dl className="pairs sm:grid-cols-[12rem_minmax(0,1fr)]">
        {refused.map((choice) => (
          <div className="contents" key={choice.keyId ?? platform}>
            <dt className="text-ink-2 [overflow-wrap:anywhere]">
              {choice.name}
              {choice.status ? ` (${statusNames[choice.status]})` : ''}
            </dt>
            <dd className="min-w-0 break-words">{choice.reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
