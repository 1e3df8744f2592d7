import type { KeySummary } from '#lib/byok/key-views.ts';
import { type Surroundings, statusSummary } from './status-summary.ts';

export function SummaryText({ summary, around }: { summary: KeySummary; around: Surroundings }) {
  return (
    <p className="wrap-anywhere mt-2.5 mb-3.5 max-w-[54em] text-lg leading-snug tracking-[-0.012em]">
      {statusSummary(summary, around).map(({ text, strong }) =>
        strong ? (
          <strong className="font-semibold" key={text}>
            {text}
          </strong>
        ) : (
          text
        ),
      )}
    </p>
  );
}
