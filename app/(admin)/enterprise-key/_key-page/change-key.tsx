'use client';

import { type ReactNode, useState } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { Decision } from '#lib/byok/lifecycle.ts';
import { whyNotMine } from '../_shared/change.ts';
import { ConfigurationTypeField, type StandingType, typeOf } from '../_shared/configuration-type.tsx';
import { EditKey } from './edit-key.tsx';

/** What an administrator can do to the key as a whole, each visible with its reason where it cannot be done now. */
export function ChangeKey({ view, role, revert: toNone }: { view: KeyPageView; role: Role; revert: ReactNode }) {
  const [type, setType] = useState<StandingType>(typeOf(view.provider));
  const ended = view.state === 'reverted';
  const { rotate, revert } = view.commands;
  const page = `/enterprise-key/${view.id}`;
  return (
    <Panel aria-labelledby="change-key">
      <PanelHeader id="change-key" title="Change this key" />
      {ended ? null : (
        <div className="mb-3 max-w-96">
          <ConfigurationTypeField
            disabledReason={whyNotMine(role) ?? (revert.allowed ? null : revert.reason)}
            hint={type === 'none' ? chosenNone : 'None would return everything to the vendor’s platform key.'}
            onChange={setType}
            value={type}
          />
        </div>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2.5">
        {ended || type === 'none' ? null : (
          <>
            <Change href={`${page}/rotate`} label="Rotate Key" role={role} decision={rotate} />
            <Change href={`${page}/apps`} label="Update Apps" role={role} decision={view.commands['select-apps']} />
          </>
        )}
        {ended ? null : <div className="max-w-72">{toNone}</div>}
        <EditKey role={role} view={view} />
      </div>
    </Panel>
  );
}

const chosenNone = 'Nothing has happened yet: Revert to None shows what would, and asks first.';

type ChangeProps = { label: string; href: string; decision: Decision; role: Role };

function Change({ label, href, decision, role }: ChangeProps) {
  const reason = whyNotMine(role) ?? (decision.allowed ? null : decision.reason);
  if (reason === null) return <LinkButton href={href}>{label}</LinkButton>;
  return (
    <div className="max-w-72">
      <Button disabledReason={reason}>{label}</Button>
    </div>
  );
}
