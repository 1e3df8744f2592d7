/**
 * Files of policies with the right answer for each, and the values that a policy has to be sound for: what
 * `npm run check-policy` reads.
 */

import * as z from '../../zod-config.ts';
import { readPolicyShape } from '../policy-shape.ts';
import { partitions, type Region, regions } from '../regions.ts';
import { checkPolicy, type Diagnosis } from './check-policy.ts';
import { findingWords } from './finding-words.ts';
import type { CheckerValues } from './policy-shape.ts';
import { readJson } from './read-json.ts';
import { isObject } from './statement-grammar.ts';
import { verdicts } from './verdict.ts';

/** Says in one sentence why a file cannot be used. */
export class CasesError extends Error {}

const kinds = ['trust', 'permission', 'key'] as const;

const valuesSchema = z
  .object({
    partition: z.enum(partitions),
    region: z.enum(Object.keys(regions) as [Region, ...Region[]]),
    roleArn: z.string(),
    keyAccountId: z.string(),
    keyArn: z.string().nullable(),
    otherKeyArns: z.array(z.string()).default([]),
    serviceRoleArn: z.string(),
    externalId: z.string(),
    tenantId: z.string(),
    shape: z.unknown().optional().transform(readPolicyShape),
    dataKeyPair: z.boolean().default(false),
  })
  .transform((values): CheckerValues => values);

const caseSchema = z.object({
  name: z.string(),
  source: z.string().optional(),
  kind: z.enum([...kinds, 'recognise']),
  text: z.string(),
  expect: z.object({
    verdict: z.union([z.enum(verdicts), z.array(z.enum(verdicts)).min(1)]),
    recognised: z.enum(kinds).optional(),
    keeps: z.array(z.string()).default([]),
    says: z.array(z.string()).default([]),
  }),
});
export type PolicyCase = z.infer<typeof caseSchema>;

const casesSchema = z.object({ values: valuesSchema, cases: z.array(caseSchema).min(1) });

/** @throws CasesError */
export function parseCases(text: string): { values: CheckerValues; cases: PolicyCase[] } {
  return parsed(casesSchema, text);
}

/** @throws CasesError */
export function parseValues(text: string): CheckerValues {
  return parsed(valuesSchema, text);
}

/** What differs from what was expected, in sentences; none where all is right. */
export function checkCase({ kind, text, expect }: PolicyCase, values: CheckerValues): string[] {
  const diagnosis = checkPolicy(text, kind, values);
  const wanted = [expect.verdict].flat();
  const wrong: string[] = [];
  if (!wanted.includes(diagnosis.verdict)) {
    wrong.push(`expected ${wanted.join(' or ')}, got ${diagnosis.verdict} (${codesOf(diagnosis)})`);
  }
  const recognised = diagnosis.ok ? diagnosis.kind : 'nothing';
  if (expect.recognised !== undefined && recognised !== expect.recognised) {
    wrong.push(`expected it to be recognised as ${expect.recognised}, got ${recognised}`);
  }
  for (const sid of expect.keeps) {
    if (!keeps(diagnosis, sid)) wrong.push(`expected the statement ${sid} to stay as it was, got it changed or gone`);
  }
  const said = wordsOf(diagnosis).toLowerCase();
  if (expect.says.length > 0 && !expect.says.some((word) => said.includes(word.toLowerCase()))) {
    wrong.push(`expected one of ${expect.says.join(' | ')} to be said, got: ${wordsOf(diagnosis)}`);
  }
  return wrong;
}

/** All that a person reads of a diagnosis. */
export function wordsOf(diagnosis: Diagnosis): string {
  if (!diagnosis.ok) return diagnosis.message;
  return diagnosis.findings
    .map(({ code, field, detail }) => {
      const { title, meaning, next } = findingWords[code];
      return [title, field, detail, meaning, next].filter(Boolean).join(' ');
    })
    .join('\n');
}

/** Whether the statement of this Sid is the same in what was pasted and in what comes of it. */
function keeps(diagnosis: Diagnosis, sid: string): boolean {
  if (!diagnosis.ok) return false;
  const before = statementOf(diagnosis.text, sid);
  return before !== undefined && before === statementOf(diagnosis.corrected?.text ?? diagnosis.text, sid);
}

function statementOf(text: string, sid: string): string | undefined {
  const read = readJson(text);
  if (!read.ok || !isObject(read.value)) return undefined;
  const list = [read.value.Statement ?? []].flat();
  const found = list.find((one) => isObject(one) && one.Sid === sid);
  return found === undefined ? undefined : JSON.stringify(found);
}

function codesOf(diagnosis: Diagnosis): string {
  if (!diagnosis.ok) return diagnosis.message;
  return diagnosis.findings.map(({ code, detail }) => (detail ? `${code}: ${detail}` : code)).join('; ') || 'nothing';
}

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  const read = readJson(text);
  if (!read.ok) {
    const { line, column, message } = read.problem;
    throw new CasesError(`Line ${line}, column ${column}: ${message}`);
  }
  const result = schema.safeParse(read.value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CasesError(`${issue?.path.join('.') || 'The file'}: ${issue?.message ?? 'it has another form'}`);
}
