/**
 * Policy variables: `${aws:PrincipalAccount}` stands for what the request has under that key, `${key, 'default'}` says
 * what it stands for where there is none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import type { RequestContext } from './conditions.ts';
import { literals } from './patterns.ts';

/**
 * The text with its variables filled in. Null where one of them has no value, since then it matches nothing; undefined
 * where the value is not known beforehand.
 */
export function fillIn(text: string, context: RequestContext): string | null | undefined {
  if (!text.includes('$')) return text;
  let missing = false;
  let unknown = false;
  const filled = text.replace(
    variable,
    (_, literal: keyof typeof literals | undefined, key: string, other?: string) => {
      if (literal) return literals[literal];
      const values = context(key.trim().toLowerCase());
      if (Array.isArray(values) && values.length === 1) return values[0] ?? '';
      if (Array.isArray(values) && other !== undefined) return other;
      if (Array.isArray(values)) missing = true;
      else unknown = true;
      return '';
    },
  );
  return missing ? null : unknown ? undefined : filled;
}

/** The same where nobody in particular asks: what whoever asks decides may be anything, the rest is not. */
export function forAnybody(text: string): string {
  return text.replace(variable, (_, literal: keyof typeof literals | undefined, key: string) => {
    if (literal) return literals[literal];
    return /^\s*aws:(?:Resource|Source)(?:Account|Org)/i.test(key) ? 'of-the-resource' : '*';
  });
}

const variable = /\$\{(?:([*?$])|([^{},]+)(?:,\s*'([^']*)'\s*)?)\}/g;
