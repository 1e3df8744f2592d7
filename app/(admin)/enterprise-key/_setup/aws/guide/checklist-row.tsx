'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { checkName } from '#lib/byok/checks.ts';
import { Details, Fix, Measured, type OutsidePages } from '../../../_shared/connection/check-row.tsx';
import { outcomeWord } from '../../../_shared/connection/test-run.ts';
import { rowTones, type VerificationRun } from './verification-words.ts';

type Rows = VerificationRun['rows'];
type Where = { step: string; number: number; pages: OutsidePages | null };

/** What AWS answered for one step: each row with its outcome, time, AWS request IDs, and the one thing to change. */
export function ChecklistRows({ rows, ...where }: { rows: Rows } & Where) {
  if (rows.length === 0) return null;
  return (
    <ol aria-label="What AWS answered" className="mt-2">
      {rows.map((one) => (
        <ChecklistRow key={one.result.id} one={one} {...where} />
      ))}
    </ol>
  );
}

function ChecklistRow({ step, number, one, pages }: { one: Rows[number] } & Where) {
  const { result: row } = one;
  const id = `verified-${step}-${row.id.replace(':', '-')}`;
  const busy = row.outcome === 'running' || row.outcome === 'waiting';
  return (
    <li className="border-line border-t py-2.5">
      <article aria-labelledby={id}>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <div className="min-w-0 flex-1 basis-60">
            <h4 className="inline font-medium" id={id}>
              {checkName(row.id)}
            </h4>{' '}
            <Badge className="ml-1 align-middle" tone={rowTones[row.outcome]}>
              {outcomeWord(one)}
            </Badge>
            {row.summary ? <p className="mt-0.5 text-ink-2">{row.summary}</p> : null}
          </div>
          {busy ? <Spinner className="size-4 text-ink-2" /> : <Measured provider="aws" result={row} />}
        </div>
        <Details result={row} />
        {row.remedy ? (
          <Fix
            provider="aws"
            about={` for ${checkName(row.id)} in step ${number}`}
            again="verify again"
            pages={pages}
            remedy={row.remedy}
            tone={rowTones[row.outcome]}
          />
        ) : null}
      </article>
    </li>
  );
}
