import { parseKeyReference, parseRoleArn } from '#lib/byok/aws/arn.ts';
import { unknownAccount } from '#lib/byok/aws/connect-problems.ts';
import type { ReadBack } from '../connection/understood.tsx';

/** Null for what cannot be read: what is wrong with it is then said as the field's error. */
export function describeKeyReference(
  text: string,
  chosen: { region: string; accountId: string; accountOf?: string },
): ReadBack | null {
  const parsed = parseKeyReference(text, chosen);
  if (!parsed.ok) return null;
  const { value } = parsed;
  const name =
    value.kind === 'alias' ? { label: 'Alias', value: value.aliasName } : { label: 'Key', value: value.keyId };
  return {
    parts: [{ label: 'Account', value: value.accountId }, { label: 'Region', value: value.region }, name],
    note: otherAccount(value.accountId, chosen.accountId, 'key', chosen.accountOf),
  };
}

/** With an access key nobody has to give the account: AWS tells it, and a bare key ID is completed with it. */
export function describeKeyOfUser(text: string, region: string): ReadBack | null {
  const read = describeKeyReference(text, { region, accountId: unknownAccount });
  if (!read) return null;
  if (!read.parts.some(({ value }) => value === unknownAccount)) return { ...read, note: null };
  return {
    parts: read.parts.map((part) => (part.value === unknownAccount ? { ...part, value: 'the user’s' } : part)),
    note: null,
  };
}

export function describeRoleReference(text: string, chosenAccountId: string): ReadBack | null {
  const parsed = parseRoleArn(text);
  if (!parsed.ok) return null;
  const { accountId, roleName, path } = parsed.value;
  const parts = [
    { label: 'Account', value: accountId },
    { label: 'Role', value: roleName },
  ];
  return {
    parts: path === '/' ? parts : [...parts, { label: 'Path', value: path }],
    note: otherAccount(accountId, chosenAccountId, 'role'),
  };
}

function otherAccount(
  accountId: string,
  chosen: string,
  what: string,
  whose = 'the AWS Account ID that you gave',
): string | null {
  if (chosen === '' || accountId === chosen) return null;
  return `This ${what} is in another account than ${whose}, ${chosen}.`;
}
