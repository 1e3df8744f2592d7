import { errorWords } from '#lib/byok/errors.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { formatCount } from './format.ts';
import type { Tone } from './protection.ts';

type AppOutcome = ValidationView['apps'][number];

/**
 * The badge of one app after a run; `null` for an app that the run left out, since it is not under this key or holds
 * nothing. Neither is called opened, and an app without records proves nothing.
 */
export function outcomeBadge(app: AppOutcome | null): { tone: Tone; label: string } {
  if (!app) return { tone: 'idle', label: 'Not part of this' };
  if (app.failure) return { tone: app.failure.code === 'key-outage' ? 'warn' : 'bad', label: 'Not opened' };
  if (app.tried === 0) return { tone: 'idle', label: 'No records' };
  return app.opened === app.tried ? { tone: 'ok', label: 'Opened' } : { tone: 'bad', label: 'Not all opened' };
}

/** Why an app was not opened and what to do, in two or three sentences. */
export function failureWords(failure: NonNullable<AppOutcome['failure']>): string {
  const { meaning, next } = errorWords[failure.code];
  return [failure.detail, meaning, next].filter((sentence) => sentence !== '').join(' ');
}

/** One sentence for the whole run. */
export function runSummary(report: ValidationView): { tone: 'ok' | 'bad' | 'idle'; text: string } {
  const withRecords = report.apps.filter((app) => app.tried > 0 || app.failure);
  const good = withRecords.filter((app) => !app.failure && app.opened === app.tried).length;
  const failed = withRecords.length - good;
  if (withRecords.length === 0)
    return { tone: 'idle', text: 'No app or bot has records yet, so there was nothing to open.' };
  if (failed === 0) {
    const text =
      good === 1
        ? '1 app or bot holds records; it could be opened.'
        : `${formatCount(good)} apps and bots hold records; all of them could be opened.`;
    return { tone: 'ok', text };
  }
  return {
    tone: 'bad',
    text: `${formatCount(failed)} of ${formatCount(withRecords.length)} apps and bots that hold records could not be opened.`,
  };
}
