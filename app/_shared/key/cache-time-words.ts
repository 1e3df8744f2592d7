import { formatSeconds } from '#lib/byok/format.ts';
import type { CopyTimes } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';

/** What the tenant's cache time means for whoever disables the key. */
export function cacheTimeSentence(seconds: number): string {
  if (seconds === 0)
    return `None: each read asks your key in ${anyService}. Disabling it takes effect at the next read. Each read costs a KMS call. While ${anyService} does not answer, nothing can be read.`;
  return `After you disable the key, cached data keys work for at most ${formatSeconds(seconds)}. While ${anyService} does not answer, they keep your apps running for as long. A shorter time is stricter and costs more KMS calls.`;
}

/** For whoever asks how long copies serve: the longest of any, those that services of the vendor's have leased included. */
export function copiesOf({ cacheTtlSeconds, leasesServeSeconds = 0 }: CopyTimes) {
  return { cacheTtlSeconds: Math.max(cacheTtlSeconds, leasesServeSeconds), leasesServeSeconds };
}

/** What a shorter cache time does not shorten any more; empty where there is nothing. */
export function leasesSentence({ cacheTtlSeconds, leasesServeSeconds = 0 }: CopyTimes): string {
  if (leasesServeSeconds <= cacheTtlSeconds) return '';
  return `Data keys already leased to the vendor’s services work for up to ${formatSeconds(leasesServeSeconds)} more. The history shows who has them.`;
}

/** What is wrong with the minutes that were typed, or null. */
export function checkMinutes(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return 'Enter the number of minutes.';
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(text)) return 'Enter a number, such as 5 or 0.5.';
  return toSeconds(text) > 3_600 ? 'Enter at most 60 minutes.' : null;
}

/** Whole seconds of what was typed as minutes; a decimal comma is understood, too. */
export function toSeconds(minutes: string): number {
  return Math.round(Number(minutes.trim().replace(',', '.')) * 60);
}

/** The field's text for a time in seconds: "5", "1.5". */
export function toMinutes(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100);
}
