import type { Finding, Severity } from './finding.ts';
import { findingWords } from './finding-words.ts';

/** What a check comes to: the gravest of all that was found counts. */
export const verdicts = ['unreadable', 'refused-by-aws', 'fails', 'wide', 'risk', 'sound'] as const;
export type Verdict = (typeof verdicts)[number];

export function verdictOf(findings: readonly Finding[]): Verdict {
  const found = new Set<Verdict>(findings.map(({ code }) => verdictBySeverity[findingWords[code].severity]));
  return verdicts.find((verdict) => found.has(verdict)) ?? 'sound';
}

const verdictBySeverity = {
  refused: 'refused-by-aws',
  fails: 'fails',
  open: 'fails',
  wide: 'wide',
  risk: 'risk',
} as const satisfies Record<Severity, Verdict>;
