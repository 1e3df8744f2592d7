import { type AwsConnection, type AwsDraft, awsDraftSchema, type RoleDraft, toAwsConnection } from '../connection.ts';

const entered = {
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
};

/** For tests: a draft with a role and a key in it, unless something else is asked for. */
export function roleDraft(more: Partial<RoleDraft> = {}): RoleDraft {
  const draft = awsDraftSchema.parse({ ...entered, ...more, provider: 'aws', authMode: 'assume-role' });
  if (draft.authMode !== 'assume-role') throw new Error('a draft is of another mode than was asked for');
  return draft;
}

/** For tests: what such a draft becomes. */
export function connectionOf(draft: Partial<RoleDraft> | AwsDraft = {}): AwsConnection {
  const made = toAwsConnection(draft.authMode ? (draft as AwsDraft) : roleDraft(draft as Partial<RoleDraft>));
  if (!made.ok) throw new Error(`no connection: ${JSON.stringify(made.problems)}`);
  return made.connection;
}
