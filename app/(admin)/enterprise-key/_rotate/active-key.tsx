import type { ReactNode } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { rotationScreensOf } from '../_providers/rotation-screens.ts';

/** What protects the data now, beside what it is to be. */
export function ActiveKey({ view }: { view: KeyPageView }) {
  const { standing } = view;
  const version = view.versions.find((one) => one.current);
  if (!standing) return null;
  return (
    <Panel aria-labelledby="in-force">
      <PanelHeader
        description={version ? `Version ${version.number}, made by ${version.madeBy}` : undefined}
        id="in-force"
        title="Active now"
      />
      <dl className="grid gap-2.5">
        {rotationScreensOf(standing)
          .active(standing)
          .map(({ label, value, mono = false }) => (
            <Fact key={label} label={label} mono={mono}>
              {value}
            </Fact>
          ))}
        {version ? (
          <Fact label="Active since">
            <RelativeTime at={version.madeAt} />
          </Fact>
        ) : null}
      </dl>
    </Panel>
  );
}

function Fact({ label, mono = false, children }: { label: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-2">{label}</dt>
      <dd className={mono ? 'wrap-anywhere font-mono text-[0.8125rem]' : 'break-words'}>{children}</dd>
    </div>
  );
}
