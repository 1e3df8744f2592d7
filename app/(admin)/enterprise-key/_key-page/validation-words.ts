import { countOf, formatCount, plural } from '#lib/byok/format.ts';
import { anyService, capital } from '#lib/byok/providers.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { toldError } from '#lib/byok/told-error.ts';
import type { Tone } from '../../../_shared/key/protection.ts';

type AppOutcome = ValidationView['apps'][number];

/**
 * The badge of one app after a run; `null` for one that the run left out, since there were too many or it came later. It is
 * not called opened, and an app without records proves nothing.
 */
export function outcomeBadge(app: AppOutcome | null): { tone: Tone; label: string } {
  if (!app) return { tone: 'idle', label: 'Not part of this' };
  if (app.failure) return { tone: app.failure.code === 'key-outage' ? 'warn' : 'bad', label: 'Not opened' };
  if (app.tried === 0 && app.dataKey === 'unwrapped') return { tone: 'ok', label: 'Data key opened' };
  if (app.tried === 0) return { tone: 'idle', label: 'No records' };
  return app.opened === app.tried ? { tone: 'ok', label: 'Opened' } : { tone: 'bad', label: 'Not all opened' };
}

/** Why an app was not opened and what to do, in two or three sentences. */
export function failureWords(failure: NonNullable<AppOutcome['failure']>, service = anyService): string {
  const { meaning, next } = toldError(failure.code, service);
  return [failure.detail, meaning, next].filter((sentence) => sentence !== '').join(' ');
}

/** One sentence for the whole run: what the key service was asked about, and what of it came back. */
export function runSummary(
  report: ValidationView,
  service = anyService,
): { tone: 'ok' | 'bad' | 'idle'; text: string } {
  const asked = report.apps.filter((app) => app.dataKey !== 'none' || app.tried > 0 || app.failure);
  const good = asked.filter((app) => !app.failure && app.opened === app.tried);
  if (asked.length === 0)
    return { tone: 'idle', text: 'No app or bot is under this key or has records yet, so there was nothing to open.' };
  if (good.length < asked.length) {
    const failed = formatCount(asked.length - good.length);
    return {
      tone: 'bad',
      text: `${failed} of ${countOf(asked.length, 'app or bot', 'apps and bots')} could not be opened.`,
    };
  }
  const unwrapped = good.filter(({ dataKey }) => dataKey === 'unwrapped').length;
  const holding = good.filter(({ tried }) => tried > 0).length;
  const keys =
    unwrapped > 0
      ? [`${capital(service)} opened the current data key of ${countOf(unwrapped, 'app or bot', 'apps and bots')}.`]
      : [];
  const records =
    holding === 0
      ? ['None holds records here.']
      : [
          plural(
            holding,
            '1 app or bot holds records; it could be opened.',
            `${formatCount(holding)} apps and bots hold records; all of them could be opened.`,
          ),
        ];
  return { tone: 'ok', text: [...keys, ...records].join(' ') };
}
