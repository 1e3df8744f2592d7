import type { CheckDeclaration } from '../provider-declaration.ts';

/** What Test Configuration checks in AWS, in order: each rests on those before it. The IDs are stored with reports. */
export const awsChecks = [
  { id: 'format', name: 'Format' },
  { id: 'region', name: 'Region' },
  { id: 'connectivity', name: 'Connectivity' },
  { id: 'authentication', name: 'Authentication' },
  { id: 'confused-deputy', name: 'Confused deputy' },
  { id: 'key', name: 'Key' },
  { id: 'data-key', name: 'Data key' },
  { id: 'encryption-decryption', name: 'Encryption and decryption' },
  { id: 'data-key-pair', name: 'Data key pair' },
  { id: 'context', name: 'Context' },
  { id: 'key-in-force', name: 'Active key' },
] as const satisfies readonly CheckDeclaration[];

export type AwsCheckId = (typeof awsChecks)[number]['id'];
export const awsCheckIds = awsChecks.map(({ id }) => id);
