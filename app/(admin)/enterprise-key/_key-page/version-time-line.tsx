'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { unknownWords } from '#lib/byok/connection-mode.ts';
import { countOf, formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView, VersionView } from '#lib/byok/key-views.ts';
import { isProvider, providers, serviceName } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { HealthBadge } from '../../../_shared/key/health-badge.tsx';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { keyScreensOf } from '../_providers/key-screens.ts';
import { OutsideLink } from '../_shared/outside-link.tsx';
import { Fact, Facts } from './fact.tsx';
import { activeUntil, retirementWords } from './version-words.ts';

/** Every key version, newest first: what it was, what hangs on it, and whether it may go. */
export function VersionTimeLine({ view }: { view: KeyPageView }) {
  const { page, setPage } = useTableParams('versions');
  if (view.versions.length === 0) return null;
  const shown = pageOf(view.versions, page);
  return (
    <Panel aria-labelledby="versions">
      <PanelHeader
        description={retiring(view.details.provider)}
        help={<HelpTerm term="key version" />}
        id="versions"
        title="Key versions"
      />
      <ol className="m-0 list-none space-y-5 p-0" reversed>
        {shown.rows.map((version, at) => (
          <VersionItem first={at === 0} key={version.id} version={version} view={view} />
        ))}
      </ol>
      <TablePager label="key versions" onPage={setPage} page={shown} />
    </Panel>
  );
}

function VersionItem({ version, view, first }: { version: VersionView; view: KeyPageView; first: boolean }) {
  const service = serviceName(version.provider);
  return (
    <li
      className={`min-w-0 border-l-[3px] pl-3.5 ${version.current ? 'border-act' : 'border-line'}`}
      id={`version-${version.number}`}
    >
      <div className="mb-2 flex flex-wrap items-center gap-2.5">
        <h3 className="font-semibold">Version {version.number}</h3>
        <Retirement version={version} />
        {first ? <HelpTerm term="safe to retire" /> : null}
        {version.current || version.dataKeys > 0 ? <HealthBadge health={version.health} /> : null}
      </div>
      <Facts>
        <Fact label="Active time">
          <TimeActive until={activeUntil(version, view.versions, view)} version={version} />
        </Fact>
        <Fact label="Created by">{version.madeBy}</Fact>
        <Fact label={`Key in ${service}`} mono>
          {version.keyRef}
          {version.pinnedKeyRef === version.keyRef ? null : <span className="block">{version.pinnedKeyRef}</span>}
          {version.keyUrl ? (
            <span className="block font-sans">
              <OutsideLink href={version.keyUrl}>{`Open in ${service}`}</OutsideLink>
            </span>
          ) : null}
        </Fact>
        {version.unknownConnection ? (
          <Fact label="Connection">{unknownWords(version.unknownConnection)}</Fact>
        ) : (
          <Identity version={version} />
        )}
        <Fact label="Last used">
          {version.lastUsedAt ? <RelativeTime at={version.lastUsedAt} withAbsolute /> : 'Never'}
        </Fact>
        <Fact label="In use by">
          {version.dataKeys === 0
            ? 'Nothing: 0 data keys'
            : `${countOf(version.dataKeys, 'data key')} with ${countOf(version.records, 'record')}`}
        </Fact>
        {version.health.cause ? <Fact label={`What ${service} said last`}>{version.health.cause}</Fact> : null}
        {version.health.next ? <Fact label="Next step">{version.health.next}</Fact> : null}
      </Facts>
      <Reasons version={version} />
    </li>
  );
}

function Identity({ version }: { version: VersionView }) {
  if (!isProvider(version.provider)) return null;
  const { label, value, mono = false } = keyScreensOf({ provider: version.provider }).versionIdentity(version);
  return (
    <Fact label={label} mono={mono}>
      {value}
    </Fact>
  );
}

function retiring(provider: string): string {
  const deletion = isProvider(provider) ? ` ${providers[provider].words.deletion}` : '';
  return `A retired version’s key can be disabled, then deleted, in ${serviceName(provider)}.${deletion}`;
}

function Retirement({ version }: { version: VersionView }) {
  const { tone, label } = retirementWords(version);
  return <Badge tone={tone}>{label}</Badge>;
}

function TimeActive({ version, until }: { version: VersionView; until: string | null }) {
  if (until) return `${formatInstant(version.madeAt)} to ${formatInstant(until)}`;
  return (
    <>
      Since <RelativeTime at={version.madeAt} withAbsolute />
    </>
  );
}

/** Why an old version may not go yet, or what may be done with it now. Of the active one there is nothing to say. */
function Reasons({ version }: { version: VersionView }) {
  const { safe, reasons, safeFrom } = version.retirement;
  if (version.current) return null;
  if (safe) {
    return (
      <p className="mt-2.5 text-ink-2">
        Nothing uses it and its retention has passed. You may disable its key in {serviceName(version.provider)}, unless
        you use it elsewhere.
      </p>
    );
  }
  return (
    <div className="mt-2.5">
      <p className="font-medium">{`Keep its key in ${serviceName(version.provider)}:`}</p>
      <ul className="mt-0.5 list-disc space-y-0.5 pl-5 text-ink-2">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {safeFrom ? (
        <p className="mt-1">
          Safe to retire <RelativeTime at={safeFrom} withAbsolute />, if it is not used until then.
        </p>
      ) : null}
    </div>
  );
}
