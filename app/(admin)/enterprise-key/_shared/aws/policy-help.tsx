'use client';

import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetUp } from './set-up.ts';
import { Policy } from './set-up-help.tsx';
import { WhyMore } from './which-account.tsx';

type PolicyHelpProps = {
  setUp: SetUp | null;
  missing: string;
  /** Shows the first of them at once. */
  open?: boolean;
};

/** The policies for what stands in the form, beside it, with all values filled in. `missing` says what they wait for. */
export function PolicyHelp({ setUp, missing, open = false }: PolicyHelpProps) {
  if (!setUp) return <Callout title={missing} tone="warn" />;
  const { policies, links, more } = setUp;
  const role = { href: links.role, words: 'Open this role in AWS' };
  return (
    <Panel aria-labelledby="set-up-help">
      <PanelHeader
        description="With your own values in them: nothing is left to replace."
        id="set-up-help"
        level={3}
        title="Policies for this role and key"
      />
      {/* Above what is folded up: who does not open a policy has to know it, too. */}
      <WhyMore why={policies.permission ? more.permission : null} />
      <WhyMore why={more.key} />
      <WhyMore why={more.trust} />
      <div className="grid gap-2.5">
        <Help open={open} title="Permission policy of the role">
          {policies.permission ? (
            <Policy document={policies.permission} link={role} name="permission policy" />
          ) : (
            <p className="text-ink-2">Complete as soon as the key’s ARN stands in Provider ARN.</p>
          )}
        </Help>
        <Help title="Trust policy of the role">
          <Policy document={policies.trust} link={role} name="trust policy" />
        </Help>
        <Help title="Key policy">
          <Policy
            document={policies.key}
            link={links.key ? { href: links.key, words: 'Open this key in AWS' } : null}
            name="key policy"
          />
        </Help>
      </div>
    </Panel>
  );
}

function Help({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="min-w-0" open={open}>
      <summary className="py-1 font-medium">{title}</summary>
      <div className="mt-1.5">{children}</div>
    </details>
  );
}
