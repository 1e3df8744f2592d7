import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { serviceName } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { rotationScreensOf } from '../_providers/rotation-screens.ts';
import { whatRotationDoes } from './rotate-words.ts';
import type { RotateTo } from './rotation-standing.ts';

type DoesProps = { to: RotateTo; from: RotateTo };

export function WhatRotationDoes({ to, from }: DoesProps) {
  const ways = rotationScreensOf(to).ways(to.authMode);
  return (
    <Panel aria-labelledby="what-it-does">
      <PanelHeader help={<HelpTerm term="rotate" />} id="what-it-does" level={3} title="What a rotation does" />
      <p className="max-w-[80ch]">{whatRotationDoes(serviceName(from.provider)).join(' ')}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-1.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
        {ways.map(({ name, how }) => (
          <div className="contents" key={name}>
            <dt className="font-medium">{name}</dt>
            <dd className="mb-1.5 text-ink-2 sm:mb-0">{how}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
