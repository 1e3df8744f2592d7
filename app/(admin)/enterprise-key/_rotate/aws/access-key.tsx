import { TextField } from '#components/form/text-field.tsx';
import { accessKeyProblemsOf } from '#lib/byok/aws/connect-problems.ts';
import { accessKeyIdWords, secretWords } from '../../_shared/aws/access-key-words.tsx';
import { userPolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyOfUser } from '../../_shared/aws/read-back.ts';
import { describeUserSetUp } from '../../_shared/aws/user-set-up.ts';
import { SecretField } from '../../_shared/connection/secret-field.tsx';
import type { RotationMode } from './rotation-mode.ts';

/** An access key: another one of the same user, or of another who may use the key. */
export const accessKey: RotationMode = {
  fields: ['accessKeyId', 'secret', 'keyArn', 'region'],
  toPrepare: ({ region, keyArn, accessKeyId, secret }) => ({ region, keyArn, accessKeyId, secret }),
  problems: (given, more) => accessKeyProblemsOf(given, { region: given.region, ...more }),
  above: ({ given, stored, text }) => (
    <>
      <TextField {...text('accessKeyId')} {...accessKeyIdWords} />
      <SecretField
        {...text('secret')}
        {...secretWords}
        stored={given.accessKeyId.trim() === stored.storedFor ? stored.note : null}
      />
    </>
  ),
  readBack: ({ keyArn, region }) => describeKeyOfUser(keyArn, region),
  policies: ({ setUp, saved, given, report }) => {
    const configuration = { region: given.region, keyArn: saved.keyArn };
    const user = describeUserSetUp({ ...setUp, report, configuration }, given.keyArn);
    return { help: user && userPolicies(user), missing: 'Choose AWS Region first.' };
  },
  ways: [
    {
      name: 'A new access key',
      how: 'Create a second access key for the same user in AWS. Enter it in Access Key ID and Secret Access Key. If the key stays the same, deactivate the old access key once the new version is active. Delete it when everything still works.',
    },
    {
      name: 'A new key',
      how: 'Enter its key ID or ARN in Key ID. Keep the old access key active until the old version is safe to retire.',
    },
    {
      name: 'The same alias, now pointing to another key',
      how: 'Change nothing: the test finds the key behind the alias.',
    },
  ],
  newIdentity: (changed) => (changed.accessKey ? 'a new access key' : null),
};
