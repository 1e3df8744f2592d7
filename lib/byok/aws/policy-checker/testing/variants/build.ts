/** For tests: policies of the kinds that people paste, beside those of `policy-cases.json`. */
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '../../../policies.ts';
import type { PolicyCase } from '../../policy-cases.ts';
import { contextKey, keyArn, tenantId, values } from '../statements.ts';

export type Json = Record<string, unknown>;
type Verdict = PolicyCase['expect']['verdict'];
type More = { keeps?: string[]; says?: string[]; recognised?: PolicyCase['expect']['recognised'] };

export const [trusts] = trustPolicy(values).Statement as unknown as [Json & { Condition: Json }];
export const [describes, uses] = permissionPolicy({ keyArn: keyArn ?? '', tenantId }).Statement as unknown as [
  Json,
  Json & { Condition: Json },
];
export const keyStatements = keyPolicy({ ...values, accountId: values.keyAccountId }).Statement as unknown as Json[];
/** What a key policy is like before anybody thought of the Deny, and what it is like without a context. */
export const withoutDeny = keyStatements.slice(0, 3);
export const withoutContext = keyStatements.map((one) => (one.Sid === 'KeywardUsesThisKey' ? bare(one) : one));

/** A variable of a policy, put together so that it is plainly no template. */
export const variable = (name: string) => ['$', `{${name}}`].join('');

export function text(...Statement: object[]): string {
  return policyText({ Version: '2012-10-17', Statement });
}

/** A statement without its conditions. */
export function bare(statement: Json): Json {
  const { Condition: _, ...rest } = statement;
  return rest;
}

/** The conditions of both, line by line. */
export function and(statement: Json & { Condition: Json }, block: Record<string, Json>): Json {
  const lines = Object.entries(block).map(([operator, keys]) => [
    operator,
    { ...(statement.Condition[operator] as Json | undefined), ...keys },
  ]);
  return { ...statement, Condition: { ...statement.Condition, ...Object.fromEntries(lines) } };
}

export function allow(Sid: string, Principal: unknown, Action: unknown, Condition?: object): Json {
  const statement = { Sid, Effect: 'Allow', Principal, Action, Resource: '*' };
  return Condition ? { ...statement, Condition } : statement;
}

export function deny(Sid: string, Principal: unknown, Action: unknown, Condition?: object): Json {
  return { ...allow(Sid, Principal, Action, Condition), Effect: 'Deny' };
}

export function variant(
  kind: PolicyCase['kind'],
  name: string,
  pasted: string,
  verdict: Verdict,
  { keeps = [], says = [], recognised }: More = {},
): PolicyCase {
  return { name, kind, text: pasted, expect: { verdict, keeps, says, ...(recognised ? { recognised } : {}) } };
}

/** A key policy with this statement beside ours. */
export function beside(name: string, statement: Json, verdict: Verdict, more: More = {}): PolicyCase {
  return variant('key', name, text(...keyStatements, statement), verdict, more);
}

/** A statement of others, of which nothing is found, stays whatever is wrong with ours. */
export function stays(name: string, statement: Json): PolicyCase[] {
  const keeps = [String(statement.Sid)];
  return [
    beside(name, statement, 'sound', { keeps }),
    variant('key', `${name}, where the Deny is missing`, text(...withoutDeny, statement), 'wide', { keeps }),
    variant('key', `${name}, where no context is demanded`, text(...withoutContext, statement), 'wide', { keeps }),
  ];
}

export const account = (id: string) => ({ AWS: `arn:aws:iam::${id}:root` });
export const role = (name: string, id = '111122223333') => ({ AWS: `arn:aws:iam::${id}:role/${name}` });
export const everyone = ['everyone', 'every AWS account'];
export { contextKey };
