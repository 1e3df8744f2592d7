'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { tagsText } from '#lib/byok/tags-text.ts';
import { whyNotId, whyNotMine } from '../_shared/change.ts';
import { ConfigurationTypeField, type StandingType, typeOf } from '../_shared/configuration-type.tsx';
import { HandOverLink } from '../_shared/hand-over-link.tsx';
import { CacheTime } from './cache-time.tsx';
import { Fact, Facts } from './fact.tsx';
import { useKey } from './live-key.tsx';
import { type Act, useAsk } from './use-ask.ts';

/** What people call the key, how it is to behave, and how it ends. `commitment`: that nothing returns to the platform key. */
export function Settings({ commitment }: { commitment: ReactNode }) {
  const { view, role, lookAgain } = useKey();
  return (
    <>
      <Details />
      <CacheTime onChanged={lookAgain} role={role} tenant={view.tenant} />
      {commitment}
      <Ending />
    </>
  );
}

function Details() {
  const { view } = useKey();
  return (
    <Panel aria-labelledby="details">
      <PanelHeader actions={<Ask act="edit">Edit Details</Ask>} id="details" title="Details" />
      <Facts>
        <Fact label="Alias">{view.alias}</Fact>
        <Fact label="Description">{view.description || 'None'}</Fact>
        <Fact label="Tags">{tagsText(view.details.tags).replaceAll('\n', ', ') || 'None'}</Fact>
        <Fact label="Last changed by">{view.changedBy}</Fact>
      </Facts>
      <div className="mt-4 scroll-mt-16 border-line border-t pt-3" id="hand-over">
        <HandOverLink keyId={view.id} />
        <p className="mt-1 text-[0.8125rem] text-ink-2">
          For your records, and for colleagues without an account: policies, test results and what is left to do. It
          contains no secrets.
        </p>
      </div>
    </Panel>
  );
}

/** None, or a key of one's own; and the end of this one. */
function Ending() {
  const { view, role } = useKey();
  const [type, setType] = useState<StandingType>(typeOf(view.provider));
  const { revert } = view.commands;
  const ended = view.state === 'reverted';
  return (
    <Panel aria-labelledby="ending">
      <PanelHeader id="ending" title="Stop using this key" />
      {ended ? null : (
        <div className="mb-4 max-w-96">
          <ConfigurationTypeField
            disabledReason={whyNotMine(role) ?? (revert.allowed ? null : revert.reason)}
            hint={type === 'none' ? chosenNone : 'None returns everything to the vendor’s platform key.'}
            onChange={setType}
            value={type}
          />
        </div>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2.5">
        {ended ? null : <Ask act="revert">Revert to None</Ask>}
        <Ask act="delete">Delete Key</Ask>
      </div>
    </Panel>
  );
}

const chosenNone = 'Nothing has changed yet. Revert to None shows what would change, and asks first.';

function Ask({ act, children }: { act: Act; children: ReactNode }) {
  const { role } = useKey();
  const { ask, whyNot } = useAsk();
  const notMine = whyNotMine(role) !== null;
  return (
    <div className="max-w-80">
      <Button
        disabledBy={notMine ? whyNotId : null}
        disabledReason={notMine ? null : whyNot[act]}
        onClick={(event) => ask(act, event.currentTarget)}
      >
        {children}
      </Button>
    </div>
  );
}
