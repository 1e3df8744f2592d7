/** What is wrong with where role and key are said to be, asked for one by one; undefined where nothing is. */
import { oddCharacterProblem } from '../odd-characters.ts';
import { isAccountId, isRoleName } from './arn.ts';
import { isKnownRegion } from './regions.ts';

export function regionProblem(text: string): string | undefined {
  return isKnownRegion(text) ? undefined : 'Choose an AWS region from the list.';
}

/** @param text without the hyphens that AWS prints: `plainAccountId` */
export function accountIdProblem(text: string): string | undefined {
  return isAccountId(text) ? undefined : (oddCharacterProblem(text) ?? 'An AWS account ID has 12 digits.');
}

export function roleNameProblem(text: string): string | undefined {
  if (isRoleName(text)) return undefined;
  return oddCharacterProblem(text) ?? 'A role’s name has 1 to 64 letters, digits or + = , . @ _ -';
}

/** As AWS prints an account ID, it has hyphens. */
export function plainAccountId(text: string): string {
  return text.replace(/[\s-]/g, '');
}
