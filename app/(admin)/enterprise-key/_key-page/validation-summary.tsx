import { Callout } from '#components/ui/callout.tsx';
import { formatClock, formatDay } from '#lib/byok/format.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { runSummary } from './validation-words.ts';

type SummaryProps = { service: string; report: ValidationView | null; pending: boolean };

/** How the last run ended, and when. The region is there from the start, so that its change is announced. */
export function ValidationSummary({ service, report, pending }: SummaryProps) {
  return (
    <div role="status">
      {pending ? <p className="mb-3 text-ink-2">{`Asking ${service} to decrypt …`}</p> : null}
      {report && !pending ? <Ended report={report} service={service} /> : null}
    </div>
  );
}

/** The time stands as a clock reading: one that counts up would be announced again and again. */
function Ended({ service, report }: { service: string; report: ValidationView }) {
  const { tone, text } = runSummary(report, service);
  return (
    <Callout title={text} tone={tone}>
      <p>
        Run on {formatDay(report.at)} at <time dateTime={report.at}>{formatClock(report.at)}</time>.
      </p>
    </Callout>
  );
}
