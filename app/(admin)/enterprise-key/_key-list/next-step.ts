import type { Role } from '#lib/byok/account-views.ts';
import { formatInstant } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import { isNeeded } from '../../../_shared/key/status-summary.ts';
import { isOpen, standingOf } from '../../../_shared/transitions/transition-words.ts';

export type NextStep = { text: string; link?: { href: string; label: string } };

/** What to do about a key next, in a few words; a link where it is done here. */
export function nextStepOf(key: KeySummary, role: Role): NextStep {
  if (key.unknownConnection)
    return { text: 'Contact the vendor’s support: this version of Keyward does not know how the key is connected.' };
  if (isNeeded(key) && key.health?.state === 'revoked')
    return {
      text:
        key.health.next ??
        `Enable it in ${serviceName(key.provider)}, or restore the permission, if this was not intended.`,
    };
  const [lost] = key.unreadable;
  if (lost && lost.health.state === 'revoked')
    return { text: lost.health.next ?? `Give Keyward access to the key of version ${lost.number} again.` };
  const standing = key.transition ? standingOf(key.transition) : 'over';
  if (standing === 'stuck' || standing === 'incomplete') return { text: 'Find out why it stopped.' };
  if (standing === 'paused') return { text: 'Resume what is paused.' };
  switch (key.status) {
    case 'draft':
      return draft(key, role);
    case 'scheduled':
      return { text: key.enforcementAt ? `None: it starts on ${formatInstant(key.enforcementAt)}.` : 'None.' };
    case 'activating':
    case 'rotating':
    case 'reverting':
      return { text: 'None: it continues by itself.' };
    case 'active':
      return active(key);
    case 'reverted':
      return { text: 'None.' };
  }
}

function draft(key: KeySummary, role: Role): NextStep {
  const left = key.lastTest?.passed ? 'Choose the date and proceed.' : 'Finish the setup and test it.';
  if (role !== 'admin') return { text: left };
  return { text: left, link: { href: `/enterprise-key/${key.id}/setup`, label: 'Continue setup' } };
}

function active(key: KeySummary): NextStep {
  if (key.health?.state === 'outage') return { text: `None: wait for ${serviceName(key.provider)}.` };
  if (key.health?.state === 'degraded') return { text: 'None: one more successful check and it counts as healthy.' };
  return { text: isOpen(key.transition) ? 'None: stored data is still moving.' : 'None.' };
}
