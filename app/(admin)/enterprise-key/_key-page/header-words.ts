import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { isRevoked } from '../../../_shared/key/status-summary.ts';
import { whyNotMine } from '../_shared/change.ts';

/** Why the buttons beside the key's name cannot be pressed, once for all of them; empty where they can. */
export function whyNotChanged(view: KeyPageView, role: Role): string {
  const notMine = whyNotMine(role);
  if (notMine || view.state === 'reverted') return notMine ?? '';
  const { rotate } = view.commands;
  const noRotation = rotate.allowed ? null : rotate.reason;
  const noApps = whyNoApps(view);
  if (noRotation && noRotation === noApps) return `Rotate Key and Update Apps: ${noRotation}`;
  return [noRotation && `Rotate Key: ${noRotation}`, noApps && `Update Apps: ${noApps}`].filter(Boolean).join(' ');
}

/** Each app that is added or removed needs an answer of the key; a rotation leads away from one that gives none. */
export function whyNoApps(view: KeyPageView): string | null {
  const decision = view.commands['select-apps'];
  if (!decision.allowed) return decision.reason;
  return isRevoked(view) ? 'This needs a working key.' : null;
}
