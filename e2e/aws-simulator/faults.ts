import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './errors.ts';

const KINDS = [
  'latency',
  'hold',
  'slow-answer',
  'throttle',
  'silence',
  'reset',
  'wrong-key-id',
  'wrong-plaintext',
  'stale-not-found',
  'error',
] as const;

/**
 * What goes wrong, and for which calls. A rule applies to a call that fits all of its selectors; a rule without any
 * applies to every call. `keyId` is a key's ID, ARN or alias, as the call names it or as it resolves.
 */
export interface FaultRule {
  service?: 'kms' | 'sts' | 'iam';
  action?: string;
  keyId?: string;
  /** The account of the key or role that is called, not the caller's. */
  accountId?: string;
  kind: (typeof KINDS)[number];
  /** `latency`: milliseconds before the call is looked at; `slow-answer`: after it was carried out, before it is answered. */
  ms?: number;
  /** `throttle`: share of the calls, 0 to 1; all of them unless given. */
  rate?: number;
  /** `error`: AWS's name, for instance `KMSInternalException`, and the HTTP status, 400 unless given. */
  name?: string;
  status?: number;
  /** Members that the call's encryption context has. */
  context?: Record<string, string>;
  /** How many fitting calls pass before it applies. */
  after?: number;
  /** How many calls it applies to before it is gone; without end unless given. */
  count?: number;
}

export interface FaultTarget {
  service: 'kms' | 'sts' | 'iam';
  action: string;
  /** Every name that the call's key goes by. */
  keyIds: readonly string[];
  accountId: string | undefined;
  context: Readonly<Record<string, unknown>>;
}

export interface FaultPlan {
  list(): FaultRule[];
  /** @throws AwsError where a rule is not well-formed: then nothing is changed. */
  set(rules: unknown): void;
  /** The rules that apply to this call, counted down. */
  take(target: FaultTarget): FaultRule[];
  /** Where one of these holds a call back: until the rules are next set. */
  released(rules: readonly FaultRule[]): Promise<void>;
}

/** `random` yields numbers from 0 up to, not including, 1. */
export function createFaultPlan(random: () => number = Math.random): FaultPlan {
  let rules: FaultRule[] = [];
  let release = Promise.withResolvers<void>();
  return {
    list: () => rules.map((rule) => ({ ...rule })),
    set(value) {
      if (!Array.isArray(value)) throw invalid('a list of rules is needed');
      rules = value.map(parseRule);
      release.resolve();
      release = Promise.withResolvers<void>();
    },
    take(target) {
      const fitting = rules.filter(
        (rule) => fits(rule, target) && (rule.kind !== 'throttle' || random() < (rule.rate ?? 1)),
      );
      const taken = fitting.filter((rule) => !rule.after);
      for (const rule of fitting) if (rule.after) rule.after--;
      for (const rule of taken) {
        if (rule.count !== undefined) rule.count--;
      }
      rules = rules.filter((rule) => rule.count === undefined || rule.count > 0);
      return taken;
    },
    async released(rules) {
      if (rules.some((rule) => rule.kind === 'hold')) await release.promise;
    },
  };
}

/** Waits as long as the rules of this kind say, in all. */
export async function delay(rules: readonly FaultRule[], kind: 'latency' | 'slow-answer' = 'latency'): Promise<void> {
  const ms = rules.reduce((sum, rule) => sum + (rule.kind === kind ? (rule.ms ?? 0) : 0), 0);
  if (ms > 0) await sleep(ms, undefined, { ref: false });
}

/** @throws AwsError where a rule says that this call fails with one. */
export function throwFault(rules: readonly FaultRule[], target: FaultTarget): void {
  for (const rule of rules) {
    if (rule.kind === 'throttle') {
      throw new AwsError(target.service !== 'kms' ? 'Throttling' : 'ThrottlingException', 'Rate exceeded');
    }
    if (rule.kind === 'stale-not-found') {
      throw new AwsError('NotFoundException', `Key '${target.keyIds[0] ?? ''}' does not exist`);
    }
    if (rule.kind === 'error' && rule.name) {
      throw new AwsError(rule.name, 'An error that was asked of the AWS simulator.', rule.status ?? 400);
    }
  }
}

function fits(rule: FaultRule, target: FaultTarget): boolean {
  return (
    (rule.service === undefined || rule.service === target.service) &&
    (rule.action === undefined || rule.action === target.action) &&
    (rule.keyId === undefined || target.keyIds.includes(rule.keyId)) &&
    (rule.accountId === undefined || rule.accountId === target.accountId) &&
    Object.entries(rule.context ?? {}).every(([name, value]) => target.context[name] === value) &&
    // What is wrong with a key is no fault of a call that has none.
    (!['wrong-key-id', 'wrong-plaintext', 'stale-not-found'].includes(rule.kind) || target.service === 'kms')
  );
}

function parseRule(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null) throw invalid('a rule must be an object');
  const rule = value as Record<string, unknown>;
  const shapes: Record<string, (given: unknown) => boolean> = {
    service: (given) => given === 'kms' || given === 'sts' || given === 'iam',
    action: (given) => typeof given === 'string',
    keyId: (given) => typeof given === 'string',
    accountId: (given) => typeof given === 'string' && /^\d{12}$/.test(given),
    kind: (given) => KINDS.some((kind) => kind === given),
    ms: (given) => typeof given === 'number' && given >= 0 && given <= 600_000,
    rate: (given) => typeof given === 'number' && given >= 0 && given <= 1,
    name: (given) => typeof given === 'string' && /^[A-Za-z.]+$/.test(given),
    status: (given) => Number.isInteger(given) && Number(given) >= 400 && Number(given) <= 599,
    context: (given) =>
      typeof given === 'object' && given !== null && Object.values(given).every((member) => typeof member === 'string'),
    after: (given) => Number.isInteger(given) && Number(given) > 0,
    count: (given) => Number.isInteger(given) && Number(given) > 0,
  };
  for (const [name, given] of Object.entries(rule)) {
    if (!Object.hasOwn(shapes, name)) throw invalid(`${name} is not known`);
    if (given !== undefined && !shapes[name]?.(given)) throw invalid(`${name} is not valid`);
  }
  if (!('kind' in rule)) throw invalid('kind is missing');
  if ((rule.kind === 'latency' || rule.kind === 'slow-answer') && rule.ms === undefined)
    throw invalid(`${rule.kind} needs ms`);
  if (rule.kind === 'error' && rule.name === undefined) throw invalid('error needs name');
  return { ...(rule as unknown as FaultRule) };
}

function invalid(problem: string): AwsError {
  return new AwsError('ValidationError', `Fault rule: ${problem}.`);
}
