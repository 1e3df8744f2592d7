import { type AwsConnection, type AwsDraft, draftOf } from './connection.ts';
import type { PolicyShape } from './policy-shape.ts';

/** What was entered, or what we connect with, with an empty text for whatever is not there. */
export type AwsView = {
  region: string;
  accountId: string;
  roleName: string;
  /** Empty with an access key, as `accessKeyId` is with a role. */
  roleArn: string;
  accessKeyId: string;
  /** As given. */
  keyArn: string;
  /** Keyward is to create the key: `keyArn` is empty until it has. */
  createsKey: boolean;
  dataKeyPair: boolean;
  policyShape: PolicyShape;
};

export function awsView(of: AwsDraft | AwsConnection): AwsView {
  const draft = draftOf(of);
  const { region, accountId, roleName, keyArn, createsKey, dataKeyPair, policyShape } = draft;
  const identity =
    draft.authMode === 'access-key'
      ? { roleArn: '', accessKeyId: draft.accessKeyId }
      : { roleArn: draft.roleArn, accessKeyId: '' };
  return { region, accountId, roleName, ...identity, keyArn, createsKey, dataKeyPair, policyShape };
}

/** These names are stored in the history. */
export function awsForHistory(of: AwsDraft | AwsConnection): Record<string, string> {
  const draft = draftOf(of);
  const { region, keyArn } = draft;
  return draft.authMode === 'access-key'
    ? { region, accessKeyId: draft.accessKeyId, keyArn }
    : { region, roleArn: draft.roleArn, keyArn };
}
