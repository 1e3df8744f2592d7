import type { PolicyShape } from '../policy-shape.ts';
import type { Partition, Region } from '../regions.ts';
import type { Json } from './read-json.ts';

/** What a policy is attached to. `permission` is the role's IAM policy. */
export type PolicyKind = 'trust' | 'permission' | 'key';

/** What a sound policy has to be sound for. */
export type CheckerValues = {
  partition: Partition;
  region: Region;
  roleArn: string;
  /** The account that the key is in. */
  keyAccountId: string;
  /** Null while it is not known. */
  keyArn: string | null;
  /** Further keys that the role has to reach, such as the one that is still active while another takes its place. */
  otherKeyArns?: readonly string[];
  serviceRoleArn: string;
  externalId: string;
  tenantId: string;
  /** How the customer wants its policies written: what follows from that is no finding. */
  shape: PolicyShape;
  /** Whether the role may have data key pairs made. */
  dataKeyPair: boolean;
  /** Milliseconds since 1970; the present where it is left out. */
  now?: number;
};

export type Principal = { type: string; name: string };

export type JsonObject = { [name: string]: Json };

/** A statement as its words are meant: lists are lists, and the opposite of an element is told apart from it. */
export type Statement = {
  /** Its place, from 0. */
  at: number;
  raw: JsonObject;
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
  /** Whether `${…}` in a value is a variable; before the Version of 2012 it is only text. */
  withVariables: boolean;
};
