import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Fold } from '#components/ui/fold.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { checkName } from '#lib/byok/checks.ts';
import { formatCount } from '#lib/byok/format.ts';
import { type ProviderId, providerList, providers } from '#lib/byok/providers.ts';
import { regionRefusal, ruleWords } from '#lib/byok/region-rule.ts';
import type { ReportView, SetupView } from '#lib/byok/setup-views.ts';
import { tagsText } from '#lib/byok/tags-text.ts';
import type { ShownFact } from '../_providers/provider-screens.ts';
import { setUpScreensOf } from '../_providers/set-up-screens.ts';
import { summarize } from '../_shared/connection/test-run.ts';
import { TestedFacts } from '../_shared/connection/tested-facts.tsx';
import { describeInstant } from './schedule/instant-words.ts';
import { type StepId, stepHref, titleOf } from './steps.ts';

/** All that was entered, section by section, each with the way back to it. */
export function ReviewSections({ setup }: { setup: SetupView }) {
  const { key, configuration, selection } = setup;
  const facts = setUpScreensOf(configuration).reviewFacts(setup);
  return (
    <>
      <Section setup={setup} step="provider">
        <Fact label="Cloud Provider">{nameOf(providerList, configuration.provider)}</Fact>
        <Fact label="Authentication Mode">
          {nameOf(providers[configuration.provider].authModes, configuration.authMode)}
        </Fact>
        <Facts facts={facts.provider} />
        <Fact label="Alias">{key.alias}</Fact>
        <Fact label="Description">{key.description}</Fact>
        <Fact label="Tags">{tagsText(key.tags).replaceAll('\n', ', ')}</Fact>
      </Section>
      <Section setup={setup} step="service">
        <Facts facts={facts.service} />
        <Fact label="Region rule">
          {regionRefusal(configuration.location, setup.tenant) ?? ruleWords(setup.tenant)}
        </Fact>
        {setup.report?.pinnedKeyRef && setup.report.pinnedKeyRef !== configuration.keyRef ? (
          <Fact label="Key found by the test">{setup.report.pinnedKeyRef}</Fact>
        ) : null}
      </Section>
      <Section setup={setup} step="test">
        <TestFacts report={setup.report} />
        {setup.report && !setup.report.stale ? (
          <FoundOut provider={configuration.provider} report={setup.report} />
        ) : null}
      </Section>
      <Section setup={setup} step="schedule">
        <DateFacts setup={setup} />
        <Fact label="Selected">{`${formatCount(selection.selected)} of ${formatCount(selection.total)} apps and bots`}</Fact>
        {selection.sample.length > 0 ? <Fact label="Not selected">{namesOf(selection)}</Fact> : null}
      </Section>
    </>
  );
}

function Facts({ facts }: { facts: readonly ShownFact[] }) {
  return facts.map(({ label, value }) => (
    <Fact key={label} label={label}>
      {value}
    </Fact>
  ));
}

function TestFacts({ report }: { report: ReportView | null }) {
  if (!report) return <Fact label="Result">Not tested yet</Fact>;
  return (
    <>
      <Fact label="Result">
        {report.stale ? (
          <Badge tone="warn">No longer counts: changed since</Badge>
        ) : (
          <Badge tone={report.passed ? 'ok' : 'bad'}>{report.passed ? 'Passed' : 'Failed'}</Badge>
        )}{' '}
        {summarize(report.checks)}
      </Fact>
      <Fact label="Tested">
        <RelativeTime at={report.finishedAt} /> by {report.testedBy}
      </Fact>
    </>
  );
}

/** What the test warned of, by name; folded, what the key is, what its provider calls it, and what is permitted. */
function FoundOut({ provider, report }: { provider: ProviderId; report: ReportView }) {
  return (
    <>
      <Fact label="Warnings">{report.warnings.map((id) => checkName(id)).join(', ') || 'None'}</Fact>
      <Fact label="Details">
        <Fold summary={`Key details from ${providers[provider].words.service}, and permissions`}>
          <TestedFacts provider={provider} report={report} />
        </Fold>
      </Fact>
    </>
  );
}

function DateFacts({ setup: { configuration } }: { setup: SetupView }) {
  const { enforcementChoice, enforcementAt, timeZone } = configuration;
  if (enforcementChoice === 'now') return <Fact label="Enforcement Date">Now: as soon as you proceed</Fact>;
  if (enforcementChoice === '' || !enforcementAt) return <Fact label="Enforcement Date">{''}</Fact>;
  return (
    <>
      <Fact label="Enforcement Date">{`${describeInstant(enforcementAt, timeZone)} (${timeZone})`}</Fact>
      <Fact label="UTC">{describeInstant(enforcementAt, 'UTC')}</Fact>
      <Fact label="From now">
        <RelativeTime at={enforcementAt} />
      </Fact>
    </>
  );
}

function Section({ setup, step, children }: { setup: SetupView; step: StepId; children: ReactNode }) {
  const id = `review-${step}`;
  const title = titleOf(step, setup);
  return (
    <Panel aria-labelledby={id}>
      <PanelHeader
        actions={
          <Link className="link" href={stepHref(setup, step)}>
            Edit<span className="sr-only"> {title}</span>
          </Link>
        }
        id={id}
        level={3}
        title={title}
      />
      <dl className="pairs sm:grid-cols-[12rem_minmax(0,1fr)]">{children}</dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="min-w-0 break-words">
        {children === '' ? <span className="text-ink-3">Not given</span> : children}
      </dd>
    </>
  );
}

/** The server names the first few of those left out. */
function namesOf({ total, selected, sample }: SetupView['selection']): string {
  const more = total - selected - sample.length;
  return more > 0 ? `${sample.join(', ')} and ${formatCount(more)} more` : sample.join(', ');
}

function nameOf(list: readonly { id: string; name: string }[], id: string): string {
  return list.find((entry) => entry.id === id)?.name ?? '';
}
