'use client';

import type { ReactNode } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { ServiceForm } from '../../../app/(admin)/enterprise-key/_setup/service-form.tsx';
import { markOf } from '../rules/connection.ts';
import { byBadge, byToken } from './connect.ts';

/** By badge the slot bears the mark of this tenant; by token somebody makes one. */
export function ConnectSlot({ setup }: { setup: SetupView }) {
  return String(setup.configuration.authMode) === 'token' ? (
    <ServiceForm
      above={
        <ToDo title="Make a token">
          <p>Fill a slot in your hall, and have the keeper make a token for it. Paste it here.</p>
        </ToDo>
      }
      description={byToken}
      key="token"
      setup={setup}
    />
  ) : (
    <ServiceForm
      above={
        <ToDo title="Mark the slot">
          <p className="mb-2">
            Fill a slot in your hall, and put this mark onto it. We show the badge that goes with it.
          </p>
          <CodeBlock code={markOf(setup.tenant.id)} copyLabel="mark" language="text" />
        </ToDo>
      }
      description={byBadge}
      key="badge"
      setup={setup}
    />
  );
}

function ToDo({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel aria-labelledby="prepare-slot">
      <PanelHeader id="prepare-slot" level={3} title={title} />
      {children}
    </Panel>
  );
}
