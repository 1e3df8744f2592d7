import type { PolicyShape } from '../policy-shape.ts';
import type { Partition, Region } from '../regions.ts';
import type { Json } from './read-json.ts';

/** What a policy is attached to. `permission` is the role's IAM policy. */
export type PolicyKind = 'trust' | 'permission' | 'key';

/** What a sound policy has to be sound for. */
export type DoctorValues = {
  partition: Partition;
  region: Region;
  roleArn: string;
  /** The account that the key is in. */
  keyAccountId: string;
  /** Null while it is not known. */
  keyArn: string | null;
  serviceRoleArn: string;
  externalId: string;
  tenantId: string;
  /** How the customer wants its policies written: what follows from that is no finding. */
  shape: PolicyShape;
  /** Whether the role may have data key pairs made. */
  dataKeyPair: boolean;
};

export type Principal = { type: string; name: string };

/** A statement as its words are meant: lists are lists, and the opposite of an element is told apart from it. */
export type Statement = {
  /** Its place, from 0. */
  at: number;
  raw: { [name: string]: Json };
  effect: 'Allow' | 'Deny';
  /** Null where the policy's kind has none, or where it is missing. `*` is a principal of the type `*`. */
  principals: { list: Principal[]; inverted: boolean } | null;
  actions: { list: string[]; inverted: boolean };
  resources: { list: string[]; inverted: boolean } | null;
  conditions: Condition[];
};

/** One line of a Condition block. */
export type Condition = {
  set: 'ForAnyValue' | 'ForAllValues' | null;
  /** As written, without set and IfExists: `StringEquals`. */
  operator: string;
  ifExists: boolean;
  key: string;
  values: string[];
};

/** Strings compared as IAM does: `*` is any text, `?` any one character. */
export function matchesPattern(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[\\s\\S]*')
    .replaceAll('?', '[\\s\\S]');
  return new RegExp(`^${escaped}$`).test(text);
}
