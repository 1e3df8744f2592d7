'use client';

import { useContext, useSyncExternalStore } from 'react';
import { absoluteWords, relativeWords } from './relative-words.ts';
import { RenderedAt } from './rendered-at.ts';

type RelativeTimeProps = {
  /** ISO 8601. */
  at: string;
  /** Shows the absolute time beside it instead of only on hover and to screen readers. */
  withAbsolute?: boolean;
};

/**
 * How long ago, or until when, kept up to date while the page is open; it carries the absolute time in the reader's
 * own zone. The server knows neither the reader's clock nor zone: it goes by its own clock, and writes the absolute time in UTC.
 */
export function RelativeTime({ at, withAbsolute = false }: RelativeTimeProps) {
  const own = useNow();
  const renderedAt = useContext(RenderedAt);
  const now = own ?? renderedAt;
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return <span>{at}</span>;
  const absolute = absoluteWords(instant, own === null ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (now === null) return <time dateTime={at}>{absolute}</time>;
  return (
    <time dateTime={at} title={absolute}>
      <span className="whitespace-nowrap">{relativeWords(instant, now)}</span>
      <span className={withAbsolute ? 'text-ink-2' : 'sr-only'}> ({absolute})</span>
    </time>
  );
}

/** The reader's own clock, in milliseconds since 1970, once a second; null until the page has come to life. */
export function useNow(): number | null {
  return useSyncExternalStore<number | null>(everySecond, wholeSecond, unknown);
}

// One timer for however many times a page shows.
const tickMs = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function everySecond(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, tickMs);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function wholeSecond(): number {
  return Math.floor(Date.now() / tickMs) * tickMs;
}

function unknown(): null {
  return null;
}
