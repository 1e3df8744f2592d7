/** Days such as "2026-11-28"; null: without an end on that side. */
export type Dates = { since: string | null; until: string | null };

export type PickDatesProps = {
  label: string;
  chosen: Dates;
  /** Today, where the reader is. */
  today: () => string;
  onPick: (dates: Dates) => void;
};

/** "1 Nov 2026 to 30 Nov 2026"; undefined where nothing is chosen. */
export function wordsOf({ since, until }: Dates): string | undefined {
  if (since && until) return since === until ? dayWords(since) : `${dayWords(since)} to ${dayWords(until)}`;
  if (since) return `Since ${dayWords(since)}`;
  return until ? `Until ${dayWords(until)}` : undefined;
}

function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}
