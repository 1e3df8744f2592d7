/**
 * Checks a policy that somebody already has: what in it is missing, what is too wide, and how it would be right. It
 * judges by what AWS would decide for our requests, not by how the text looks, and asks nobody.
 */
import { type Correction, correctPolicy } from './correct-policy.ts';
import { isHopeless, lengthFindings } from './document-limits.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { openEnvelope } from './open-envelope.ts';
import type { CheckerValues, PolicyKind } from './policy-shape.ts';
import { readPolicy } from './read-policy.ts';
import { recogniseKind } from './recognise-kind.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export type Diagnosis =
  | { ok: false; verdict: 'unreadable'; message: string; line: number | null; column: number | null }
  | {
      ok: true;
      verdict: Verdict;
      kind: PolicyKind;
      findings: Finding[];
      /** The policy that was found in what was pasted. */
      text: string;
      /** Null where nothing was found, where nothing can be done for whoever wrote it, or where `correctable` says why not. */
      corrected: Correction | null;
      /** False where the policy has to name the key and nobody has said which it is. */
      correctable: boolean;
    };

/** Far longer than any policy that AWS takes, with room for white space and for what is around it. */
const maxLength = 1_000_000;

export function checkPolicy(text: string, kind: PolicyKind | 'recognise', values: CheckerValues): Diagnosis {
  if (text.trim() === '') return refuse('Paste a policy first.');
  if (text.length > maxLength) return refuse('This is longer than any policy that AWS accepts.');
  const opened = openEnvelope(text, kind);
  if (!opened.ok) return refuse(opened.problem.message, 'line' in opened.problem ? opened.problem : undefined);
  const { policy } = opened;
  const found = kind === 'recognise' ? recogniseKind(policy.statements.map(({ value }) => value)) : kind;
  const isTooLong = isHopeless(policy.text);
  const findings = isTooLong ? lengthFindings(policy.text, found) : examine(readPolicy(policy, found), found, values);
  const diagnosis = { ok: true, verdict: verdictOf(findings), kind: found, findings, text: policy.text } as const;
  if (findings.length === 0 || isTooLong) return { ...diagnosis, corrected: null, correctable: true };
  const corrected = correctPolicy(policy, found, values);
  if (!corrected) return { ...diagnosis, corrected: null, correctable: false };
  const isSame = corrected.text === policy.text || (corrected.gone.length === 0 && corrected.changedLines.length === 0);
  return { ...diagnosis, corrected: isSame ? null : corrected, correctable: true };
}

function refuse(message: string, place?: { line: number; column: number }): Diagnosis {
  return { ok: false, verdict: 'unreadable', message, line: place?.line ?? null, column: place?.column ?? null };
}
