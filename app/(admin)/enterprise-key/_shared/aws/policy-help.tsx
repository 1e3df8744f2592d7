'use client';

import { Callout } from '#components/ui/callout.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { PolicyHelpWords } from './policy-help-words.ts';
import { Policy } from './set-up-help.tsx';
import { WhyMore } from './which-account.tsx';

/** The policies for what stands in the form, beside it, with all values filled in. `missing` says what they wait for. */
export function PolicyHelp({ help, missing }: { help: PolicyHelpWords | null; missing: string }) {
  if (!help) return <Callout title={missing} tone="warn" />;
  return (
    <Panel aria-labelledby="set-up-help">
      <PanelHeader description={help.description} id="set-up-help" level={3} title={help.title} />
      {/* Above what is folded up: who does not open a policy has to know it, too. */}
      {help.more.map((why) => (
        <WhyMore key={why} why={why} />
      ))}
      <div className="grid gap-2.5">
        {help.policies.map(({ title, open = false, why = null, about, document, waits, ...policy }) => (
          <details className="min-w-0" key={title} open={open}>
            <summary className="py-1 font-medium">{title}</summary>
            <div className="mt-1.5">
              <WhyMore why={why} />
              {about ? <p className="mb-1.5 text-ink-2">{about}</p> : null}
              {document ? <Policy document={document} {...policy} /> : <p className="text-ink-2">{waits}</p>}
            </div>
          </details>
        ))}
      </div>
    </Panel>
  );
}
