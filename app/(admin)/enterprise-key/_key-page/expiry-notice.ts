import { warnDaysBefore } from '#lib/byok/expiry.ts';
import { countOf, formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { Notice } from '../../../_shared/key/notice.ts';
import { isNeeded } from '../../../_shared/key/status-summary.ts';

/** Imported material that expires within 30 days: from its expiry on nothing under the key opens. */
export function expiryNotice(view: KeyPageView): Notice | null {
  const { facts, daysLeft } = view.details;
  if (!facts?.validTo || daysLeft === null || daysLeft > warnDaysBefore || !isNeeded(view)) return null;
  return {
    id: 'expires',
    tone: daysLeft <= 7 ? 'bad' : 'warn',
    title: `The key’s imported material expires on ${formatInstant(facts.validTo)}`,
    when: facts.validTo,
    sentences: [
      `${daysLeft === 0 ? 'Less than a day is' : countOf(daysLeft, 'day is', 'days are')} left. Then ${serviceName(view.provider)} deletes the material. Nothing under this key can be read until you import it again.`,
      `Import the same material again in ${serviceName(view.provider)} with a later expiry date or none. Or rotate to another key while this one answers. A test under Rotate Key sees the new date.`,
    ],
    link: { label: 'Rotate Key', href: `/enterprise-key/${view.id}/rotate`, command: 'rotate' },
  };
}
