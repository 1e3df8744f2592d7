import { type ReactNode, useId } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { factWords } from '#lib/byok/fact-words.ts';
import { formatInstant } from '#lib/byok/format.ts';
import type { FactWords } from '#lib/byok/key-facts.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { isProvider, providers, serviceName } from '#lib/byok/providers.ts';
import { ruleWords } from '#lib/byok/region-rule.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { keyScreensOf } from '../_providers/key-screens.ts';
import type { ShownFact } from '../_providers/provider-screens.ts';
import { PermissionTable } from '../_shared/connection/permission-table.tsx';
import { aliasStateWords } from './alias-words.ts';
import { Fact, Facts } from './fact.tsx';

/** How the key is connected, what its provider says of it, and what is permitted: what its versions do not say of themselves. */
export function KeyFacts({ view }: { view: KeyPageView }) {
  const { details, standing } = view;
  const service = serviceName(details.provider);
  return (
    <Panel aria-labelledby="key-facts">
      <PanelHeader help={<HelpTerm term="CMK" />} id="key-facts" title="Key details" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <Group title="Connection">
          <Connection view={view} />
        </Group>
        <Group title={`Key details from ${service}`}>
          {details.facts ? (
            factWords(details.provider, details.facts, details.daysLeft).map((fact) => (
              <Said fact={fact} key={fact.label} />
            ))
          ) : (
            <Fact label="Seen">Nothing yet: Test Configuration reads this</Fact>
          )}
          {details.facts ? (
            <Fact label="Seen">
              <RelativeTime at={details.facts.seenAt} withAbsolute />
            </Fact>
          ) : null}
        </Group>
        <section aria-labelledby="key-permissions">
          <h3 className="mb-2 font-semibold" id="key-permissions">
            Permissions
          </h3>
          {details.permissions.length > 0 && details.testedAt && isProvider(details.provider) ? (
            <>
              <p className="mb-2 text-ink-2">
                From the last test of this configuration, <RelativeTime at={details.testedAt} />.
              </p>
              <PermissionTable
                keyRef={standing?.pinnedKeyRef ?? null}
                permissions={details.permissions}
                provider={details.provider}
              />
            </>
          ) : (
            <p className="text-ink-2">Nothing was tested yet.</p>
          )}
        </section>
      </div>
    </Panel>
  );
}

/** Key and identity only while there is no version that shows them. */
function Connection({ view }: { view: KeyPageView }) {
  const { details, standing, keyRef, tenant, aliasWatch, health, versions } = view;
  const provider = isProvider(details.provider) ? details.provider : null;
  const mode = provider && providers[provider].authModes.find(({ id }) => id === details.authMode);
  // How a key is reached that this version does not know, nobody guesses.
  const own = provider && mode ? keyScreensOf({ provider }).connection(view) : null;
  const current = versions.find((version) => version.current);
  const known = current && provider ? keyScreensOf({ provider }).versionIdentity(current).value : null;
  return (
    <>
      <Fact label="Cloud Provider">{provider ? providers[provider].name : unknownName(details.provider)}</Fact>
      <Fact label="Authentication Mode">{mode?.name ?? unknownName(details.authMode)}</Fact>
      {own ? <ShownFacts facts={[own.location]} /> : null}
      <Fact label="Region rule">
        {ruleWords({ homeRegion: tenant.homeRegion, regionPolicy: details.regionPolicy })}
      </Fact>
      {current ? null : own ? (
        <ShownFacts facts={[own.key]} />
      ) : (
        <Fact label="Key, as given" mono>
          {keyRef ?? 'Not given yet'}
        </Fact>
      )}
      {aliasWatch ? (
        <Fact label="Where the alias points now">
          {aliasStateWords[aliasWatch.state]}
          {aliasWatch.seenAt ? (
            <>
              , seen <RelativeTime at={aliasWatch.seenAt} />
            </>
          ) : null}
        </Fact>
      ) : null}
      {own ? <ShownFacts facts={own.identity.filter(({ value }) => value !== known)} /> : null}
      <Fact label="Enforcement Date">
        {view.enforcementAt ? inZoneAndUtc(view.enforcementAt, standing?.timeZone ?? 'UTC') : 'Not chosen yet'}
      </Fact>
      <Fact
        label={`Last answer of ${serviceName(details.provider)}, request ID`}
        mono={Boolean(health?.providerRequestId)}
      >
        {health?.providerRequestId ?? 'None yet'}
      </Fact>
    </>
  );
}

function ShownFacts({ facts }: { facts: readonly ShownFact[] }) {
  return facts.map(({ label, value, mono = false }) => (
    <Fact key={label} label={label} mono={mono}>
      {value}
    </Fact>
  ));
}

/** What is stored is shown as it is stored where this version has no name for it. */
function unknownName(stored: string): string {
  return stored === '' ? 'Not chosen yet' : `${stored} (not known to this version)`;
}

function inZoneAndUtc(at: string, zone: string): string {
  if (zone === 'UTC') return formatInstant(at);
  return `${formatInstant(at, zone)} (${zone}), ${formatInstant(at)}`;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 className="mb-2 font-semibold" id={id}>
        {title}
      </h3>
      <Facts>{children}</Facts>
    </section>
  );
}

function Said({ fact: { label, value, meaning } }: { fact: FactWords }) {
  return (
    <Fact label={label}>
      {value}
      {meaning ? <span className="block text-[0.8125rem] text-ink-2">{meaning}</span> : null}
    </Fact>
  );
}
