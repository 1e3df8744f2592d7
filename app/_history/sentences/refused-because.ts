import type { ErrorCode } from '#lib/byok/errors.ts';
import { anyService, capital } from '#lib/byok/providers.ts';

/** Why it was refused, told to a third person who reads it later. */
export function refusedBecause(code: string | null, role: string): string {
  if (code === 'forbidden') return roleReasons[role] ?? 'Their role does not allow it.';
  return code !== null && Object.hasOwn(reasons, code) ? reasons[code as ErrorCode] : '';
}

const roleReasons: Record<string, string> = {
  viewer: 'Viewers cannot do this.',
  admin: 'Administrators cannot do this.',
  support: 'Support cannot do this.',
  operator: 'Operators cannot do this.',
  service: 'This token was not made for it.',
};

const reasons = {
  unauthenticated: 'The session had ended.',
  'token-ended': 'The token had ended.',
  'password-ended': 'The one-time password had ended.',
  forbidden: 'Their role does not allow it.',
  'password-change-required': 'A new password had to be chosen first.',
  'not-found': 'It was not found.',
  'invalid-input': 'Something entered was not valid.',
  conflict: 'Someone else had changed it first.',
  'not-allowed-in-state': 'The key’s state did not allow it.',
  'test-required': 'The test had not passed.',
  'warnings-not-acknowledged': 'Warnings of the test were not acknowledged.',
  'date-in-past': 'The enforcement date had passed.',
  'no-apps-selected': 'No app or bot was selected.',
  'app-taken': 'A selected app uses another key.',
  'key-in-use': 'The key was still in use.',
  'too-many-requests': 'There were too many tries.',
  'wrong-credentials': 'The email or the password was wrong.',
  'key-revoked': 'Access to the key was denied.',
  'key-outage': `${capital(anyService)} did not answer.`,
  'key-misconfigured': 'The key could not be used as configured.',
  'unknown-provider': 'This version of Keyward did not know the key’s provider.',
  'cannot-open': 'The data could not be decrypted.',
  'too-large': 'It was too large.',
  unavailable: 'Keyward’s database did not answer.',
  internal: 'Something went wrong in Keyward.',
} as const satisfies Record<ErrorCode, string>;
