/**
 * Checks a policy that somebody already has: what in it is missing, what is too wide, and how it would be right. It
 * judges by what AWS would decide for our requests, not by how the text looks, and asks nobody.
 */
import { policyText } from '../policies.ts';
import { changedLines } from './changed-lines.ts';
import { correctPolicy } from './correct-policy.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import type { DoctorValues, PolicyKind } from './policy-shape.ts';
import { readJson } from './read-json.ts';
import { readPolicy, statementsOf } from './read-policy.ts';
import { recogniseKind } from './recognise-kind.ts';

export type Diagnosis =
  | { ok: false; message: string; line: number | null; column: number | null }
  | {
      ok: true;
      kind: PolicyKind;
      findings: Finding[];
      /** Null where nothing was found, or where `correctable` says why not. */
      corrected: { text: string; changedLines: number[]; removedLines: number } | null;
      /** False where the policy has to name the key and nobody has said which it is. */
      correctable: boolean;
    };

/** Longer than any policy that AWS takes (32 KiB). */
const maxLength = 100_000;

export function checkPolicy(text: string, kind: PolicyKind | 'recognise', values: DoctorValues): Diagnosis {
  if (text.trim() === '') return refuse('Paste a policy first.');
  if (text.length > maxLength) return refuse('This is longer than any policy that AWS takes.');
  const read = readJson(text);
  if (!read.ok) return { ok: false, ...read.problem };
  const given = statementsOf(read.value);
  if (!given) return refuse('This is JSON, but no policy: it has no Statement.');
  const found = kind === 'recognise' ? recogniseKind(given.raw) : kind;
  const policy = readPolicy(given, found);
  const findings = examine(policy, found, values);
  if (findings.length === 0) return { ok: true, kind: found, findings, corrected: null, correctable: true };
  const corrected = correctPolicy(policy, given.raw, found, values);
  if (!corrected) return { ok: true, kind: found, findings, corrected: null, correctable: false };
  const correctedText = policyText(corrected);
  const { added, removed } = changedLines(policyText(given.document), correctedText);
  return {
    ok: true,
    kind: found,
    findings,
    corrected: { text: correctedText, changedLines: added, removedLines: removed },
    correctable: true,
  };
}

function refuse(message: string): Diagnosis {
  return { ok: false, message, line: null, column: null };
}
