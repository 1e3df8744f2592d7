'use client';

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Badge, StatusShape, type Tone } from '#components/ui/badge.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { checkName } from '#lib/byok/checks.ts';
import { formatDuration, plural } from '#lib/byok/format.ts';
import { type ProviderId, policyName, providers } from '#lib/byok/providers.ts';
import { remedyText } from '#lib/byok/remedy-text.ts';
import type { CheckResult, Outcome, Remedy } from '#lib/byok/test-report.ts';
import { OutsideLink } from '../outside-link.tsx';
import { outcomeWord, type CheckRow as Row } from './test-run.ts';

const tones = {
  passed: 'ok',
  failed: 'bad',
  warning: 'warn',
  skipped: 'idle',
  'not-run': 'idle',
  running: 'moving',
  waiting: 'warn',
} as const satisfies Record<Outcome, Tone>;

/** By the code of a page that the provider's remedies link to. */
export type OutsidePages = Readonly<Record<string, string | null>>;

type RowProps = {
  provider: ProviderId;
  row: Row;
  pages: OutsidePages | null;
  /** In a line; opened, the rest of it. */
  folded?: boolean;
};

/** One check: what was looked at, how it ended, how long it took, what its provider calls it, and what to change if anything. */
export function CheckRow({ folded = false, ...props }: RowProps) {
  const id = `check-${props.row.result.id}`;
  return (
    <li className={`border-line border-b last:border-b-0 ${folded ? '' : 'py-3 first:pt-0 last:pb-0'}`}>
      <article aria-labelledby={id}>{folded ? <Folded {...props} id={id} /> : <Open {...props} id={id} />}</article>
    </li>
  );
}

type CheckProps = Omit<RowProps, 'folded'> & { id: string };

function Folded({ row, id, ...props }: CheckProps) {
  const { result } = row;
  return (
    <details className="group/check">
      <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-0.5 py-2 [&::-webkit-details-marker]:hidden">
        <span className={inks[tones[result.outcome]]}>
          <StatusShape className="size-2.5" tone={tones[result.outcome]} />
        </span>
        <h3 className="w-44 font-medium" id={id}>
          {checkName(result.id)}
        </h3>
        <span className="sr-only">{outcomeWord(row)}</span>
        <span className="min-w-0 flex-1 basis-48 text-[0.8125rem] text-ink-2">{result.summary}</span>
        <span className="text-[0.8125rem] text-ink-3 tabular-nums">
          {result.outcome === 'passed' ? formatDuration(result.durationMs) : null}
        </span>
        <ChevronDown
          aria-hidden="true"
          className="size-3.5 text-ink-2 transition-transform group-open/check:rotate-180"
        />
      </summary>
      <div className="pb-2 pl-5.5">
        <RequestIds provider={props.provider} result={result} />
        <More {...props} row={row} />
      </div>
    </details>
  );
}

function Open({ row, id, ...props }: CheckProps) {
  const { result } = row;
  const busy = result.outcome === 'running' || result.outcome === 'waiting';
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="inline font-semibold" id={id}>
            {checkName(result.id)}
          </h3>{' '}
          <Badge className="ml-1 align-middle" tone={tones[result.outcome]}>
            {outcomeWord(row)}
          </Badge>
          {result.summary ? <p className="mt-0.5 text-ink-2">{result.summary}</p> : null}
        </div>
        {busy ? (
          <Spinner className="size-4 text-ink-2" />
        ) : (
          <div className="sm:text-right">
            <Measured provider={props.provider} result={result} />
          </div>
        )}
      </div>
      <More {...props} row={row} />
    </>
  );
}

function More({ provider, row: { result }, pages }: Omit<CheckProps, 'id'>) {
  return (
    <>
      <Details result={result} />
      {result.negative && !result.ownDenialsTold ? (
        <p className="mt-1 text-[0.8125rem] text-ink-2">
          {`Denied calls of this check in your ${providers[provider].words.log} come from Keyward and are intended: this check tests the denial.`}
        </p>
      ) : null}
      {result.remedy ? (
        <Fix pages={pages} provider={provider} remedy={result.remedy} tone={tones[result.outcome]} />
      ) : null}
    </>
  );
}

const inks = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
  moving: 'text-moving',
} as const satisfies Record<Tone, string>;

type MeasuredProps = {
  provider: ProviderId;
  result: Pick<CheckResult, 'durationMs' | 'providerRequestIds'> & { outcome: string };
};

/** How long it took, and what its provider calls it. */
export function Measured({ provider, result }: MeasuredProps) {
  if (result.outcome === 'not-run' || result.outcome === 'skipped') return null;
  return (
    <div className="text-[0.8125rem] text-ink-3 tabular-nums">
      <p>{formatDuration(result.durationMs)}</p>
      <RequestIds provider={provider} result={result} />
    </div>
  );
}

function RequestIds({ provider, result: { providerRequestIds } }: MeasuredProps) {
  if (providerRequestIds.length === 0) return null;
  const { requestId } = providers[provider].words;
  return (
    <details className="text-[0.8125rem] text-ink-3">
      <summary>{requestIdsSummary(providerRequestIds.length, requestId)}</summary>
      <ul className="font-mono text-xs">
        {providerRequestIds.map((id) => (
          <li className="break-all" key={id}>
            {id}
          </li>
        ))}
      </ul>
    </details>
  );
}

function requestIdsSummary(count: number, requestId: string): string {
  return plural(count, requestId, `${count} ${requestId}s`);
}

export function Details({ result }: { result: Pick<CheckResult, 'details'> }) {
  if (result.details.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem]">
      {result.details.map(({ label, value }) => (
        <div className="flex min-w-0 gap-1.5" key={label}>
          <dt className="text-ink-2">{label}</dt>
          <dd className="min-w-0 break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type FixProps = {
  provider: ProviderId;
  remedy: Remedy;
  pages: OutsidePages | null;
  tone: Tone;
  /** What to do once it is changed. */
  again?: string;
  /** Tells its policy from others of the same kind on the page. */
  about?: string;
};

/** The one thing to change. Only the marked lines of the policy are what is missing. */
export function Fix({ provider, remedy, pages, tone, again = 'test again', about = '' }: FixProps) {
  // Reports name the page themselves; where one does not, what the set-up knows of serves.
  const href = remedy.link ? (remedy.link.url ?? pages?.[remedy.link.target] ?? null) : null;
  const link = remedy.link && href ? <OutsideLink href={href}>{remedy.link.label}</OutsideLink> : null;
  const { policy } = remedy;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => showMarkedLines(box.current), []);
  return (
    <div ref={box} className={`mt-2.5 rounded-md p-3.5 ${tone === 'bad' ? 'bg-bad-bg' : 'bg-warn-bg'}`}>
      <p className="font-semibold">{remedy.text}</p>
      {policy ? (
        <div className="mt-2">
          {policy.markedLines.length > 0 ? <p className="mb-2">Change the highlighted lines.</p> : null}
          <CodeBlock
            actions={link}
            code={remedyText(policy.document)}
            copyLabel={`${policyName(provider, policy.kind)}${about}`}
            language="json"
            markedLines={policy.markedLines.flatMap(linesOf)}
          />
        </div>
      ) : (
        <Beneath>{link}</Beneath>
      )}
      <p className="mt-2 text-[0.8125rem] text-ink-2">
        Then {again}; {providers[provider].words.service} may need a few seconds.
      </p>
    </div>
  );
}

function Beneath({ children }: { children: ReactNode }) {
  return children ? <p className="mt-1.5">{children}</p> : null;
}

/** A long policy opens at the lines that matter. */
function showMarkedLines(box: HTMLElement | null): void {
  const line = box?.querySelector('mark');
  const area = line?.closest('section');
  if (!line || !area) return;
  area.scrollTop += line.getBoundingClientRect().top - area.getBoundingClientRect().top - area.clientHeight / 4;
}

function linesOf([from, to]: [number, number]): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
