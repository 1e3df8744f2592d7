/** The simulated AWS as plain data: everything here survives a restart as JSON. Times are milliseconds since 1970. */
import type { Partition } from '../regions.ts';

/**
 * A policy as its owner wrote it. `principalIds` holds the unique ID that each role or user ARN had when the policy was
 * saved: AWS keeps the ID, not the name, so a role deleted and made again is no longer the one that the policy names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export interface StoredPolicy {
  text: string;
  principalIds: Record<string, string>;
}

export interface Role {
  name: string;
  id: string;
  arn: string;
  accountId: string;
  trust: StoredPolicy;
  inline: Record<string, string>;
  boundary?: string;
  maxSessionSeconds: number;
  /** Unset for a role that was made before tags were kept. */
  tags?: Record<string, string>;
  description?: string;
  createdAt?: number;
}

export interface User {
  name: string;
  id: string;
  arn: string;
  accountId: string;
  inline: Record<string, string>;
  boundary?: string;
}

export type AccessKeyOwner =
  | { kind: 'user'; userName: string }
  /** Of the account itself: what AWS advises everybody not to make. */
  | { kind: 'root' }
  /** Long-lived credentials that act as a session of a role: how a service on a machine of the vendor's looks to AWS. */
  | { kind: 'role'; roleName: string; sessionName: string };

export interface AccessKey {
  id: string;
  secret: string;
  accountId: string;
  owner: AccessKeyOwner;
  active: boolean;
}

/** Temporary credentials out of AssumeRole. */
export interface Session {
  accessKeyId: string;
  secret: string;
  token: string;
  issuedAt: number;
  expiresAt: number;
  accountId: string;
  /** `aws` unless set. */
  partition?: Partition;
  roleName: string;
  /** With its path; sessions of older state files have none. */
  roleArn?: string;
  roleId: string;
  sessionName: string;
  policy?: string;
}

export interface Account {
  id: string;
  name: string;
  /** `aws` unless set. */
  partition?: Partition;
  roles: Record<string, Role>;
  users: Record<string, User>;
  /** What the organization that the account is in allows its principals at most, and forbids to be done to its resources. */
  organization?: { serviceControlPolicy?: string; resourceControlPolicy?: string };
}

export type KeyOrigin = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT';

export interface KmsKey {
  id: string;
  arn: string;
  accountId: string;
  region: string;
  createdAt: number;
  description: string;
  manager: 'CUSTOMER' | 'AWS';
  origin: KeyOrigin;
  spec: string;
  usage: KeyUsage;
  multiRegion: boolean;
  customKeyStoreId?: string;
  xksKeyId?: string;
  policy: StoredPolicy;
  tags: Record<string, string>;
  enabled: boolean;
  deletionDate?: number;
  pendingWindowInDays?: number;
  rotation: { enabled: boolean; periodInDays: number; enabledAt?: number };
  /** 32 bytes, base64. Only symmetric keys have material; the simulator does no asymmetric or HMAC arithmetic. */
  material?: string;
  /** EXTERNAL only: whether the material is in KMS now, and until when. */
  materialImported: boolean;
  materialExpiresAt?: number;
  /** Custom key stores only: whether the store is connected. */
  connected: boolean;
}

export interface Alias {
  name: string;
  arn: string;
  accountId: string;
  region: string;
  targetKeyArn: string;
  createdAt: number;
  updatedAt: number;
}

export interface WorldState {
  accounts: Record<string, Account>;
  accessKeys: Record<string, AccessKey>;
  sessions: Record<string, Session>;
  keys: Record<string, KmsKey>;
  aliases: Record<string, Alias>;
}
