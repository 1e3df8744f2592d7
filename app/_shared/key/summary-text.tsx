import type { KeySummary } from '#lib/byok/key-views.ts';
import { type Surroundings, statusSummary } from './status-summary.ts';

export function SummaryText({ summary, around }: { summary: KeySummary; around: Surroundings }) {
  return (
    <p className="mt-2.5 mb-3 max-w-[54em] text-[1.0625rem] leading-normal tracking-[-0.008em] [overflow-wrap:anywhere] sm:text-lg">
      {statusSummary(summary, around).map(({ text, strong }, index) =>
        strong ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's pieces have their order alone
          <strong className="font-[570]" key={index}>
            {text}
          </strong>
        ) : (
          text
        ),
      )}
    </p>
  );
}
