import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';

/** Who uses the key, and what the field that names it is called. */
export const modeWords = {
  'assume-role': { who: 'role', keyField: 'Provider ARN' },
  'access-key': { who: 'user', keyField: 'Key ID' },
} as const satisfies Record<AwsAuthMode, { who: string; keyField: string }>;
