import { plural } from '#lib/byok/format.ts';
import type { KeyPageView, VersionView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { Notice } from '../../../_shared/key/notice.ts';

/** From when to when a version was active: until the next one was made, or the key was reverted. */
export function activeUntil(version: VersionView, versions: readonly VersionView[], view: KeyPageView): string | null {
  if (version.current) return null;
  const next = versions.filter(({ number }) => number > version.number).sort((a, b) => a.number - b.number)[0];
  if (next) return next.madeAt;
  return view.transition?.kind === 'revert' ? (view.transition.startedAt ?? view.transition.dueAt) : null;
}

/** "Safe to retire" only when the server has counted that nothing stands against it. */
export function retirementWords(version: VersionView): { tone: 'ok' | 'moving' | 'idle'; label: string } {
  if (version.retirement.safe) return { tone: 'ok', label: 'Safe to retire' };
  return version.current ? { tone: 'ok', label: 'Active' } : { tone: 'idle', label: 'Not yet safe to retire' };
}

/** What an old version waits for, or that it waits for nothing more; the most recent one that has anything to say. */
export function retirementNotice(view: KeyPageView): Notice | null {
  const old = view.versions.filter(({ current }) => !current);
  const safe = old.filter(({ retirement }) => retirement.safe);
  const dated = old.find(({ retirement }) => !retirement.safe && retirement.safeFrom);
  const link = { label: 'Versions', href: `/enterprise-key/${view.id}/versions` };
  if (dated?.retirement.safeFrom) {
    return {
      id: 'retire',
      tone: 'moving',
      title: `Version ${dated.number} can be disabled in ${serviceName(dated.provider)}.`,
      day: dated.retirement.safeFrom,
      sentences: ['Keep its key enabled until then.'],
      link,
    };
  }
  if (safe.length === 0) return null;
  const numbers = safe.map(({ number }) => number).sort((a, b) => a - b);
  return {
    id: 'retire',
    tone: 'ok',
    title: `${plural(numbers.length, 'Version', 'Versions')} ${listed(numbers)} ${plural(numbers.length, 'is', 'are')} safe to retire.`,
    sentences: [
      `Nothing uses ${plural(numbers.length, 'it', 'them')} any longer. You can disable the key in ${usedIn(safe)}.`,
    ],
    link,
  };
}

/** Every service that one of them is in. */
function usedIn(versions: readonly VersionView[]): string {
  return [...new Set(versions.map(({ provider }) => serviceName(provider)))].join(' and ');
}

function listed(numbers: number[]): string {
  if (numbers.length === 1) return String(numbers[0]);
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
