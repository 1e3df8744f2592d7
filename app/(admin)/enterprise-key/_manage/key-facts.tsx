import type { ReactNode } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { KeyPageView } from '#lib/byok/views.ts';
import { formatInstant } from './format.ts';

/** What the key is made of: what was given, and what it stood for when it was tested. */
export function KeyFacts({ view }: { view: KeyPageView }) {
  const { standing } = view;
  return (
    <Panel aria-labelledby="key-facts">
      <PanelHeader id="key-facts" title="Key details" />
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Fact label="Provider ARN, as given" mono>
          {standing?.keyArn ?? view.keyArn ?? 'Not given yet'}
        </Fact>
        <Fact label="Key it stood for when tested" mono={Boolean(standing?.pinnedKeyArn)}>
          {standing?.pinnedKeyArn ?? 'Known after a passing test'}
        </Fact>
        <Fact label="Role ARN" mono={standing !== null}>
          {standing?.roleArn ?? 'Not scheduled yet'}
        </Fact>
        <Fact label="AWS Region">{standing?.region ?? 'Not scheduled yet'}</Fact>
        <Fact label="Enforcement Date">
          {view.enforcementAt ? inZoneAndUtc(view.enforcementAt, standing?.timeZone ?? 'UTC') : 'Not chosen yet'}
        </Fact>
        <Fact label="Version">
          {view.versionNumber === null ? 'None in force yet' : `Version ${view.versionNumber}`}
        </Fact>
        <Fact label="Last changed by">{view.changedBy}</Fact>
        <Fact label="Last answer of AWS, request ID" mono={Boolean(view.health?.awsRequestId)}>
          {view.health?.awsRequestId ?? 'None yet'}
        </Fact>
      </dl>
    </Panel>
  );
}

function inZoneAndUtc(at: string, zone: string): string {
  if (zone === 'UTC') return formatInstant(at);
  return `${formatInstant(at, zone)} (${zone}), ${formatInstant(at)}`;
}

function Fact({ label, children, mono = false }: { label: string; children: ReactNode; mono?: boolean }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-3 text-xs">{label}</dt>
      <dd className={`[overflow-wrap:anywhere] ${mono ? 'font-mono text-[0.8125rem]' : ''}`}>{children}</dd>
    </div>
  );
}
