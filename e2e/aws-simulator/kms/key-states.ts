import { AwsError } from '../errors.ts';
import type { KmsKey } from '../world/types.ts';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'Unavailable';

/** What an operation does with a key decides in which states of the key it works. */
export type KindOfUse =
  /** Encrypt, Decrypt, ReEncrypt, GenerateDataKey and its kin. */
  | 'cryptography'
  /** EnableKey, DisableKey. */
  | 'switch'
  | 'rotation'
  /** CreateAlias, UpdateAlias, TagResource, UntagResource, ScheduleKeyDeletion. */
  | 'manage'
  | 'cancel-deletion'
  | 'look';

type Refusal = [errorName: string, what: string];

const PENDING_DELETION: Refusal = ['KMSInvalidStateException', 'is pending deletion.'];
const PENDING_IMPORT: Refusal = ['KMSInvalidStateException', 'is pending import.'];
const NOT_PENDING_DELETION: Refusal = ['KMSInvalidStateException', 'is not pending deletion.'];
const UNAVAILABLE: Refusal = ['KMSInvalidStateException', 'is unavailable.'];
const DISABLED: Refusal = ['DisabledException', 'is disabled.'];

/** The table of https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html; what is not in it is allowed. */
const REFUSALS: Record<KindOfUse, Partial<Record<KeyState, Refusal>>> = {
  cryptography: {
    Disabled: DISABLED,
    PendingDeletion: PENDING_DELETION,
    PendingImport: PENDING_IMPORT,
    Unavailable: UNAVAILABLE,
  },
  switch: { PendingDeletion: PENDING_DELETION, PendingImport: PENDING_IMPORT },
  rotation: { Disabled: DISABLED, PendingDeletion: PENDING_DELETION },
  manage: { PendingDeletion: PENDING_DELETION },
  'cancel-deletion': {
    Enabled: NOT_PENDING_DELETION,
    Disabled: NOT_PENDING_DELETION,
    PendingImport: NOT_PENDING_DELETION,
    Unavailable: NOT_PENDING_DELETION,
  },
  look: {},
};

export function keyStateOf(key: KmsKey, nowMs: number): KeyState {
  if (key.deletionDate !== undefined) return 'PendingDeletion';
  if (key.origin === 'EXTERNAL' && !hasImportedMaterial(key, nowMs)) return 'PendingImport';
  if (isInCustomKeyStore(key) && !key.connected) return 'Unavailable';
  return key.enabled ? 'Enabled' : 'Disabled';
}

/** @throws AwsError with the name and the words that AWS has for this state. */
export function requireKeyState(key: KmsKey, use: KindOfUse, nowMs: number): void {
  const refusal = REFUSALS[use][keyStateOf(key, nowMs)];
  if (refusal) throw new AwsError(refusal[0], `${key.arn} ${refusal[1]}`);
}

export function isInCustomKeyStore(key: KmsKey): boolean {
  return key.origin === 'AWS_CLOUDHSM' || key.origin === 'EXTERNAL_KEY_STORE';
}

function hasImportedMaterial(key: KmsKey, nowMs: number): boolean {
  return key.materialImported && (key.materialExpiresAt === undefined || key.materialExpiresAt > nowMs);
}
