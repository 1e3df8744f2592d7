/** What gives Keyward back a version of the key that the set-up of a rotation has cut off: the line that is missing, marked. */

import { parseKeyArn, parseRoleArn } from '#lib/byok/aws/arn.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { keyPolicy, markLines, type PolicyDocument, permissionPolicy } from '#lib/byok/aws/policies.ts';
import { type LossCause, lossCauseOf } from '#lib/byok/loss-causes.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import type { RemedyFinding } from '#lib/byok/test-report.ts';
import type { KmsError } from '../../errors.ts';
import type { StandingWrapping } from '../../standing-wrapping.ts';
import { link, principalOf, trustRemedy } from './remedies.ts';
import { found, type TestRun } from './test-run.ts';

/** What of it lies in AWS; `roleArn` is empty with an access key. */
type InAws = { number: number; keyArn: string; roleArn: string };

export function cutOffRemedy(test: TestRun, wrapping: StandingWrapping, failure: KmsError): RemedyFinding {
  const { number, pinnedKeyRef, connection } = wrapping;
  const cause = lossCauseOf(connection.provider, failure);
  // What lies under a key of another provider is not fixed in AWS.
  if (connection.provider !== 'aws') return { text: nextAfter(connection.provider, cause, failure) };
  const roleArn = connection.auth.mode === 'assume-role' ? connection.auth.roleArn : '';
  const standing: InAws = { number, keyArn: pinnedKeyRef, roleArn };
  switch (cause) {
    case 'role-refused':
    case 'role-gone': {
      const { serviceRoleArn } = test.options;
      const text = awsMessage('let-assume-again', { version: number, roleArn, cause });
      return { ...trustRemedy(test, text, [serviceRoleArn, 'sts:ExternalId']), ...toRole(test, standing) };
    }
    case 'key-policy-changed':
    case 'context-refused':
      return keyPolicyOf(test, standing);
    case 'permission-removed':
    case 'permission-unclear':
      return permissionFor(test, standing);
    default:
      return { text: nextAfter('aws', cause, failure) };
  }
}

function nextAfter(provider: string, cause: LossCause | undefined, { failure }: KmsError): Message {
  return cause ? message('key-lost-next', { provider, cause }) : message('kms-failure-next', { provider, failure });
}

/** The permission policy that names both keys: whoever replaces the policy by it keeps what was there. */
function permissionFor(test: TestRun, standing: InAws): RemedyFinding {
  const { number, keyArn, roleArn } = standing;
  const sameRole = isOwnPrincipal(test, roleArn);
  const kept = permissionPolicy({ keyArn, ...choices(test) }).Statement.map((statement) => ({
    ...statement,
    Sid: sidFor(statement.Sid, number),
  }));
  const own = sameRole ? permissionPolicy({ keyArn: found(test.pinnedKeyArn), ...choices(test) }).Statement : [];
  const document: PolicyDocument = { Version: '2012-10-17', Statement: [...own, ...kept] };
  return {
    text: sameRole
      ? awsMessage('name-both-keys', { version: number, who: principalOf(test) })
      : awsMessage('name-its-key', { version: number, roleArn }),
    policy: {
      kind: 'permission',
      document,
      markedLines: markLines(
        document,
        kept.map(({ Sid }) => Sid),
      ),
    },
    ...(sameRole ? link(test, 'principal') : toRole(test, standing)),
  };
}

/** `KeywardUsesThisKey` becomes `KeywardUsesKeyOfVersion1`: a policy names each of its statements once. */
function sidFor(sid: string, number: number): string {
  return `${sid.replace(/ThisKey$/, 'Key')}OfVersion${number}`;
}

function keyPolicyOf(test: TestRun, { number, keyArn, roleArn }: InAws): RemedyFinding {
  const key = parseKeyArn(keyArn);
  const principal = roleArn || test.user?.arn;
  const who = roleArn ? 'role' : 'user';
  const text = awsMessage('allow-for-version', { version: number, keyArn, who });
  if (!key.ok || !principal) return { text };
  const { partition, accountId } = key.value;
  const document = keyPolicy({ partition, accountId, roleArn: principal, ...choices(test) });
  const needles = ['KeywardUsesThisKey', 'KeywardOnlyInThisContext'];
  return { text, policy: { kind: 'key', document, markedLines: markLines(document, needles) } };
}

function isOwnPrincipal(test: TestRun, roleArn: string): boolean {
  return roleArn === '' || roleArn === test.role?.arn;
}

function choices({ options }: TestRun) {
  const { policyShape: shape, dataKeyPair } = options.configuration;
  return { tenantId: options.tenant.id, shape, dataKeyPair };
}

/** The link of the test's own role leads to another one than that of the version. */
function toRole(test: TestRun, { roleArn }: InAws): Pick<RemedyFinding, 'link'> {
  const role = parseRoleArn(roleArn);
  return role.ok ? link({ ...test, role: role.value }, 'principal') : {};
}
