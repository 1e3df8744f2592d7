'use client';

import type { ReactNode } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { StepFrame } from '../../../app/(admin)/enterprise-key/_setup/step-frame.tsx';
import { useSaveStep } from '../../../app/(admin)/enterprise-key/_setup/use-save-step.ts';
import { markOf } from '../rules/connection.ts';

/** By badge: the slot bears the mark of this tenant. */
export function PrepareSlot({ setup }: { setup: SetupView }) {
  return String(setup.configuration.authMode) === 'token' ? (
    <Prepare setup={setup} title="Make a token">
      <p>Fill a slot in your hall, and have the keeper make a token for it. It is pasted in the next step.</p>
    </Prepare>
  ) : (
    <Prepare setup={setup} title="Mark the slot">
      <p className="mb-2">Fill a slot in your hall, and put this mark onto it. We show the badge that goes with it.</p>
      <CodeBlock code={markOf(setup.tenant.id)} copyLabel="mark" language="text" />
    </Prepare>
  );
}

function Prepare({ setup, title, children }: { setup: SetupView; title: string; children: ReactNode }) {
  const saver = useSaveStep(setup, 'prepare', 'free');
  return (
    <StepFrame draft={false} onSave={(how) => void saver.save({ step: 'prepare', values: {} }, how)} saver={saver}>
      <Panel aria-labelledby="prepare-slot">
        <PanelHeader id="prepare-slot" level={3} title={title} />
        {children}
      </Panel>
    </StepFrame>
  );
}
