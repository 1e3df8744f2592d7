/** The one thing to change after a failed check, with the policy to copy and the lines that matter marked. */

import { keyPageUrl, rolePageUrl, userPageUrl } from '#lib/byok/aws/console-links.ts';
import type { awsDeclaration } from '#lib/byok/aws/declaration.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { Principal } from '#lib/byok/aws/messages/denials.ts';
import { keyPolicy, markLines, type PolicyDocument, permissionPolicy, trustPolicy } from '#lib/byok/aws/policies.ts';
import { keysBeside, rolesBeside, servicesBeside } from '#lib/byok/aws/standing-uses.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import type { RemedyFinding } from '#lib/byok/test-report.ts';
import type { KmsError } from '../../errors.ts';
import { denialOf } from './denials.ts';
import { type CheckOutcome, found, type TestRun } from './test-run.ts';

/** A failure of AWS as the end of a check. `doing` is the action that failed: `kms:Decrypt`. */
export function failedWith(failure: KmsError, summary: Message, remedy: RemedyFinding): CheckOutcome {
  const details = failure.providerCode ? [{ label: awsMessage('label-aws-error'), value: failure.providerCode }] : [];
  return { outcome: 'failed', cause: failure.failure, summary, details, remedy };
}

/** For a KMS call that failed: a denial names the policy that AWS named, all else what its failure code says. */
export function kmsFailed(test: TestRun, failure: KmsError, action: string): CheckOutcome {
  if (failure.failure !== 'access-denied') {
    return failedWith(failure, awsMessage('call-failed', { action, failure: failure.failure }), {
      text: message('kms-failure-next', { provider: 'aws', failure: failure.failure }),
      ...link(test, 'key'),
    });
  }
  const who = principalOf(test);
  const denied = denialOf(failure);
  if (denied) {
    const remedy = {
      ...withPolicy(test, failure, action),
      text: awsMessage('except-from-denial', { action, who, by: denied.by }),
      ...link(test, denied.target),
    };
    const summary = awsMessage('call-denied-by', { action, who, by: denied.by });
    return { ...failedWith(failure, summary, remedy), cause: denied.cause };
  }
  return failedWith(
    failure,
    awsMessage('call-denied', { action, who }),
    withPolicy(test, failure, action) ?? likelyRemedy(test, action),
  );
}

/** Where AWS named no policy. Between two accounts both have to allow, and the key's account is the one that has to be asked. */
function likelyRemedy(test: TestRun, action: string): RemedyFinding {
  const account = test.user?.accountId ?? test.role?.accountId;
  if (account === undefined || account === test.key?.accountId) return permissionRemedy(test, action, sids(action));
  const { text, ...rest } = keyPolicyRemedy(test, action, sids(action));
  return {
    ...rest,
    text: awsMessage('in-account-of-key', { account: found(test.key).accountId, remedy: text }),
  };
}

/** The policy that AWS named as it should be; undefined where it named another than the two that we show. */
function withPolicy(
  test: TestRun,
  { deniedBy, deniedExplicitly }: KmsError,
  action: string,
): RemedyFinding | undefined {
  switch (deniedBy) {
    case 'resource-policy': {
      const about = action === 'kms:DescribeKey' || !deniedExplicitly ? sids(action) : ['KeywardOnlyInThisContext'];
      return keyPolicyRemedy(test, action, about);
    }
    case 'identity-policy':
      return permissionRemedy(test, action, sids(action));
    default:
      return undefined;
  }
}

function sids(action: string): string[] {
  return [action === 'kms:DescribeKey' ? 'KeywardDescribesThisKey' : 'KeywardUsesThisKey'];
}

export function trustRemedy(test: TestRun, text: Message, needles: string[]): RemedyFinding {
  const { serviceRoleArn, externalId, inUse = [] } = test.options;
  const { shape } = choices(test);
  const alsoServiceRoleArns = servicesBeside(inUse, test.role?.arn ?? '', serviceRoleArn);
  return {
    text,
    ...policy('trust', trustPolicy({ serviceRoleArn, alsoServiceRoleArns, externalId, shape }), needles),
    ...link(test, 'principal'),
  };
}

export function keyPolicyRemedy(test: TestRun, action: string, needles: string[]): RemedyFinding {
  const key = found(test.key);
  const roleArn = test.user?.arn ?? found(test.role).arn;
  const document = keyPolicy({
    partition: key.partition,
    accountId: key.accountId,
    roleArn,
    alsoRoleArns: rolesBeside(test.options.inUse ?? [], ownKeyArn(test) ?? null, roleArn),
    ...choices(test),
  });
  const text = awsMessage('allow-in-key-policy', { action, who: principalOf(test) });
  return { text, ...policy('key', document, needles), ...link(test, 'key') };
}

/** While only an alias is known, its key's ARN cannot be filled in, so no policy is shown rather than a wrong one. */
export function permissionRemedy(test: TestRun, action: string, needles: string[]): RemedyFinding {
  const keyArn = ownKeyArn(test);
  const who = principalOf(test);
  if (!keyArn) return { text: awsMessage('allow-on-own-arn', { action, who }), ...link(test, 'principal') };
  const alsoKeyArns = keysBeside(test.options.inUse ?? [], test.role?.arn ?? '', keyArn);
  const document = permissionPolicy({ keyArn, alsoKeyArns, ...choices(test) });
  const text = awsMessage('allow-in-permission-policy', { action, who });
  return { text, ...policy('permission', document, needles), ...link(test, 'principal') };
}

/** Undefined while only an alias is known. */
function ownKeyArn(test: TestRun): string | undefined {
  return test.pinnedKeyArn ?? (test.key?.kind === 'key' ? test.key.arn : undefined);
}

/** What the policies that are shown are written by. */
function choices({ options }: TestRun) {
  const { policyShape: shape, dataKeyPair } = options.configuration;
  return { tenantId: options.tenant.id, shape, dataKeyPair };
}

/** Whose permissions the calls are made with. */
export function principalOf(test: TestRun): Principal {
  return test.options.configuration.authMode === 'access-key' ? 'user' : 'role';
}

/** To the page in AWS of the key, or of the role or user that uses it. */
export function link(test: TestRun, target: 'principal' | 'key'): Pick<RemedyFinding, 'link'> {
  const key = found(test.key);
  const baseUrl = test.options.consoleUrl;
  if (target === 'principal') return principalLink(test, baseUrl);
  const keyId = test.pinnedKeyArn?.split('/').at(-1) ?? (key.kind === 'key' ? key.keyId : key.aliasName);
  const url = keyPageUrl({ partition: key.partition, baseUrl, region: key.region, keyId });
  return { link: { label: awsMessage('open-key'), target, url } };
}

function principalLink({ user, role }: TestRun, baseUrl: string | undefined): Pick<RemedyFinding, 'link'> {
  if (user) {
    const { partition, userName } = user;
    const url = userPageUrl({ partition, baseUrl, userName });
    return { link: { label: awsMessage('open-user'), target: 'user', url } };
  }
  const { partition, roleName } = found(role);
  const url = rolePageUrl({ partition, baseUrl, roleName });
  return { link: { label: awsMessage('open-role'), target: 'role', url } };
}

function policy(
  kind: keyof typeof awsDeclaration.policyNames,
  document: PolicyDocument,
  needles: string[],
): Pick<RemedyFinding, 'policy'> {
  return { policy: { kind, document, markedLines: markLines(document, needles) } };
}
