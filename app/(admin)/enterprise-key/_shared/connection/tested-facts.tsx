import { daysUntil } from '#lib/byok/expiry.ts';
import { factWords } from '#lib/byok/fact-words.ts';
import type { FactWords } from '#lib/byok/key-facts.ts';
import { type ProviderId, providers } from '#lib/byok/providers.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { wordingOf } from '#lib/byok/wording.ts';
import { PermissionTable } from './permission-table.tsx';

/** What a test found out beside its checks: what the key is, its labels there, and what is permitted to us. */
export function TestedFacts({ provider, report }: { provider: ProviderId; report: ReportView }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-1">
      {report.facts ? (
        <section aria-labelledby="tested-facts">
          <h3 className="mb-1.5 font-semibold" id="tested-facts">
            {`Key details from ${providers[provider].words.service}`}
          </h3>
          <FactList facts={testedFacts(provider, report)} />
        </section>
      ) : null}
      <section aria-labelledby="tested-permissions">
        <h3 className="mb-1.5 font-semibold" id="tested-permissions">
          Permissions
        </h3>
        <PermissionTable
          keyRef={report.pinnedKeyRef}
          permissions={testedPermissions(provider, report)}
          provider={provider}
        />
      </section>
    </div>
  );
}

/** The key's own nature first, its labels after it. */
export function testedFacts(provider: string, { facts, finishedAt }: ReportView): FactWords[] {
  return facts ? factWords(provider, facts, daysUntil(facts.validTo, new Date(finishedAt))) : [];
}

export function testedPermissions(provider: ProviderId, { checks, passed }: Pick<ReportView, 'checks' | 'passed'>) {
  return wordingOf({ provider }).permissions(checks, passed);
}

function FactList({ facts }: { facts: readonly FactWords[] }) {
  return (
    <dl className="pairs sm:grid-cols-[12rem_minmax(0,1fr)]">
      {facts.map(({ label, value, meaning }) => (
        <div className="contents" key={label}>
          <dt className="text-ink-2">{label}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            {value}
            {meaning ? <p className="max-w-[65ch] text-[0.8125rem] text-ink-2">{meaning}</p> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
