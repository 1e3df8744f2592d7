/** A diagnosis for somebody at a terminal, and for a program. */

import type { Diagnosis } from '#lib/byok/aws/policy-checker/check-policy.ts';
import type { Finding, Severity } from '#lib/byok/aws/policy-checker/finding.ts';
import { findingWords } from '#lib/byok/aws/policy-checker/finding-words.ts';

export type Checked = { file: string; diagnosis: Diagnosis };

export function printed({ file, diagnosis }: Checked): string {
  if (!diagnosis.ok) {
    const { line, column, message } = diagnosis;
    return visible(`${file}: unreadable\n  ${line === null ? '' : `Line ${line}, column ${column}: `}${message}`);
  }
  const { kind, verdict, findings, corrected, correctable } = diagnosis;
  const parts = [`${file}: ${kind} policy, ${verdict}`, ...findings.map(sentences)];
  if (!correctable)
    parts.push('  The corrected text has to name your key. Give keyArn, or name one key in the policy.');
  if (corrected) {
    const { gone, left, text } = corrected;
    for (const one of gone) {
      const what = one.statement === null ? `The element ${one.name}` : `Statement ${one.statement + 1}`;
      parts.push(`  ${what} ${one.how === 'removed' ? 'is removed' : 'is changed'}. It was:\n${indented(one.text)}`);
    }
    parts.push(`  Corrected:\n${indented(text)}`);
    if (left.length > 0)
      parts.push('  Still found in it, for you to decide, because it is not about Keyward:', ...left.map(sentences));
  }
  return visible(parts.join('\n'));
}

export function asJson({ file, diagnosis }: Checked): object {
  if (!diagnosis.ok) {
    const { verdict, message, line, column } = diagnosis;
    return { file, verdict, message, line, column };
  }
  const { verdict, kind, findings, corrected } = diagnosis;
  return { file, verdict, kind, findings: findings.map(withWords), corrected: corrected && correctedAsJson(corrected) };
}

function correctedAsJson({ text, gone, left }: NonNullable<Extract<Diagnosis, { ok: true }>['corrected']>): object {
  return { text, gone: gone.map((one) => ({ ...one, statement: numberOf(one.statement) })), left: left.map(withWords) };
}

/** Statements are counted from 1 where people read of them. */
function withWords(finding: Finding): object {
  const { severity, title, meaning, next } = findingWords[finding.code];
  return { ...finding, statement: numberOf(finding.statement), severity, title, meaning, next };
}

function sentences({ code, statement, field, detail }: Finding): string {
  const { severity, title, meaning, next } = findingWords[code];
  const where = [statement === null ? 'whole policy' : `statement ${statement + 1}`, field].filter(Boolean).join(', ');
  return `  ${severityWords[severity]}: ${title} (${where}${detail === undefined ? '' : `: ${detail}`})\n    ${meaning} ${next}`;
}

const severityWords = {
  refused: 'AWS refuses it',
  fails: 'Does not work',
  open: 'Open to everyone',
  wide: 'Too wide',
  risk: 'Worth knowing',
} as const satisfies Record<Severity, string>;

function numberOf(statement: number | null): number | null {
  return statement === null ? null : statement + 1;
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}

/** What is pasted may hold characters that a terminal obeys; they are shown in place of being sent to it. */
function visible(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
