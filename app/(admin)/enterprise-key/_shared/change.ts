import type { Role } from '#lib/byok/account-views.ts';
import type { SavedSelection } from './apps-choice/apps-selection.ts';

/** A change that can be planned without being made. */
export type Change =
  | { kind: 'rotate'; reencrypt: boolean }
  | { kind: 'select-apps'; selection: SavedSelection }
  | { kind: 'revert' };

/** Where a key's pages say, once for all of them, why their buttons cannot be pressed. */
export const whyNotId = 'why-not-changed';

/** Why somebody of this role cannot change the key; null for who can. */
export function whyNotMine(role: Role, what = 'this key'): string | null {
  return role === 'admin' ? null : `Only an administrator of your organisation can change ${what}.`;
}
