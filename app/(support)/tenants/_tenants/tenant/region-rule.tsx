'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { Role } from '#lib/byok/account-views.ts';
import type { TenantView } from '#lib/byok/vendor-views.ts';
import { useAct } from '../../../../_shared/command/use-act.ts';
import { regionRuleChoices } from '../region-rule-choices.ts';
import { setRegionRuleAction } from './actions.ts';

type RegionPolicy = TenantView['regionRule']['regionPolicy'];
type RegionRuleProps = { tenantId: string; homeRegion: string; rule: TenantView['regionRule']; role: Role };

/** What a key outside of the tenant's home region means. Only an operator changes it. */
export function RegionRule({ tenantId, homeRegion, rule, role }: RegionRuleProps) {
  const router = useRouter();
  const hydrated = useHydrated();
  const act = useAct(setRegionRuleAction);
  const [chosen, setChosen] = useState(rule.regionPolicy);
  const [saved, setSaved] = useState(false);

  async function save(): Promise<void> {
    setSaved(false);
    if (!(await act.run({ tenantId, regionPolicy: chosen }))) return;
    setSaved(true);
    router.refresh();
  }

  return (
    <Panel aria-labelledby="region-rule">
      <PanelHeader
        description={`The tenant’s data is in ${homeRegion}. The rule is visible to the tenant; changes are logged.`}
        id="region-rule"
        title="Region rule"
      />
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <RadioGroup
          disabled={!hydrated || role !== 'operator'}
          legend={`A key outside of ${homeRegion}`}
          name="regionPolicy"
          onChange={(event) => {
            setSaved(false);
            setChosen(event.currentTarget.value as RegionPolicy);
          }}
          options={regionRuleChoices}
          value={chosen}
        />
        <p className="text-ink-2">{activeWords(rule.elsewhere)}</p>
        {act.error ? <ErrorNotice error={act.error} /> : null}
        <div className="flex flex-wrap items-center gap-2.5">
          <Button disabledReason={whyNot(role, chosen === rule.regionPolicy)} pending={act.pending} type="submit">
            Save Region Rule
          </Button>
          <span className="text-ok" role="status">
            {saved ? 'Saved. It holds for every test from now on.' : null}
          </span>
        </div>
      </form>
    </Panel>
  );
}

function activeWords(elsewhere: readonly string[]): string {
  const stays = 'Changing the rule does not affect active keys.';
  if (elsewhere.length === 0) return `${stays} No active key is elsewhere.`;
  const names = elsewhere.map((alias) => `“${alias}”`).join(', ');
  return `${stays} Active elsewhere: ${names}.`;
}

function whyNot(role: Role, same: boolean): string | null {
  if (role !== 'operator') return 'Only an operator can change it.';
  return same ? 'This is the rule already.' : null;
}
