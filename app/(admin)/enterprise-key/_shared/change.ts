import type { Role } from '#lib/byok/account-views.ts';
import type { AuthModeId } from '#lib/byok/providers.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import type { SavedSelection } from './apps-choice/apps-selection.ts';

/** A change that can be planned without being made. */
export type Change =
  | { kind: 'rotate'; reencrypt: boolean }
  | { kind: 'select-apps'; selection: SavedSelection }
  | { kind: 'revert' };

/** The mode is the key's own, which no rotation changes; what belongs to the other mode is empty. */
export type RotationValues = {
  mode: AuthModeId;
  region: string;
  keyArn: string;
  roleArn: string;
  accessKeyId: string;
  /** A new one; empty where the stored one stays. */
  secret: string;
};
export type RotationField = Exclude<keyof RotationValues, 'mode'>;

type At = { keyId: string; revision: number };
export type PrepareInput = At & {
  values:
    | Pick<RotationValues, 'region' | 'keyArn' | 'roleArn'>
    | Pick<RotationValues, 'region' | 'keyArn' | 'accessKeyId' | 'secret'>;
};
export type RotateInput = At & { acknowledged: CheckId[]; reencrypt: boolean };
export type UpdateInput = At & { selection: SavedSelection };

export type PromiseInput = ({ scope: 'key' } & At) | { scope: 'tenant' };

/** Why somebody of this role cannot change the key; null for who can. */
export function whyNotMine(role: Role, what = 'this key'): string | null {
  return role === 'admin' ? null : `Only an administrator of your organisation can change ${what}.`;
}
