/**
 * What lies in databases, at services and in customers' policies by now. These strings and bytes are data: whatever the code comes to
 * call things, they stay. The right side of each row is a literal, never a constant of the code.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerRules } from '#providers/rules.ts';
import { toldOperations } from '../../app/_history/sentences/sentence-of.ts';
import { operationChoices } from '../../app/_history/words.ts';
import { jobsSchema } from '../../scripts/migrations/jobs-schema.ts';
import { newExternalId } from '../auth/external-id.ts';
import { awsAliasPrefix, creationTag, tenantTag } from '../byok/aws/created-key.ts';
import { keyOrigins } from '../byok/aws/key-facts.ts';
import { awsMessage } from '../byok/aws/messages/aws-message.ts';
import { sessionPurposes } from '../byok/aws/session-purposes.ts';
import { actionRows, checklists } from '../byok/aws/set-up-steps.ts';
import { keyTag } from '../byok/aws/setup-artefacts/artefact-values.ts';
import { checkIds } from '../byok/checks.ts';
import { errorWords } from '../byok/errors.ts';
import { healthWords } from '../byok/health.ts';
import { keyInHistory, orphanedInHistory, pinnedInHistory, transitionInHistory } from '../byok/history-names.ts';
import { kmsFailures } from '../byok/kms-failure.ts';
import { keyStates } from '../byok/lifecycle.ts';
import { lossCauses } from '../byok/loss-causes.ts';
import { catalogue, message } from '../byok/messages/catalogue.ts';
import { said } from '../byok/messages/message.ts';
import { finalOutcomes } from '../byok/test-report.ts';
import { sessionNameOf } from '../kms/aws/assume-role.ts';
import { appIdOfProbe, appIdOfTest, encryptionContext } from '../kms/provider.ts';
import { jobNames } from './job-names.ts';
import { recordContext } from './record-store.ts';

const ids = {
  dataKeyId: '00112233-4455-4677-8899-aabbccddeeff',
  tenantId: '11111111-2222-4333-8444-555555555555',
  appId: '66666666-7777-4888-9999-aaaaaaaaaaaa',
};
const failed = { action: 'kms:Decrypt', failure: 'key-disabled' } as const;
const stored: [what: string, now: () => unknown, then: unknown][] = [
  [
    'the context of each call to a key service',
    () => encryptionContext(ids),
    { 'keyward:tenant': ids.tenantId, 'keyward:app': ids.appId, 'keyward:purpose': 'data-key' },
  ],
  [
    'what stands for an app in calls of none',
    () => [appIdOfProbe, appIdOfTest],
    ['health-probe', 'configuration-test'],
  ],
  [
    'names of sessions in a customer’s CloudTrail and trust policies',
    () => sessionPurposes.map((purpose) => sessionNameOf(ids.tenantId, purpose)),
    ['keyward', 'keyward-probe', 'keyward-test', 'keyward-alias', 'keyward-create'].map(
      (name) => `${name}-11111111-2222-4333-8444-555555555555`,
    ),
  ],
  [
    'tags and aliases in a customer’s account',
    () => [creationTag, tenantTag, keyTag, awsAliasPrefix],
    ['keyward:creation', 'keyward:tenant', 'keyward:set-up', 'alias/keyward-'],
  ],
  ['an external ID’s form', () => newExternalId().replace(/[\w-]{32}$/, '…'), 'kw_…'],
  [
    'what a record’s envelope is bound to',
    () => recordContext(ids.appId),
    { table: 'app_record', column: 'envelope', record: '66666666-7777-4888-9999-aaaaaaaaaaaa' },
  ],
  ['the job library’s schema, and its queues', () => [jobsSchema, ...jobNames], ['pgboss', 'run-move']],
  [
    'the form of a message',
    () => [said('…'), message('check-failed', { check: 'key', summary: awsMessage('call-failed', failed) })],
    [
      { code: 'said', args: { text: '…' } },
      { code: 'check-failed', args: { check: 'key', summary: { code: 'aws/call-failed', args: failed } } },
    ],
  ],
  ['states of keys', () => keyStates, ['draft', 'scheduled', 'active', 'rotating', 'reverting', 'reverted']],
  ['states of health', () => Object.keys(healthWords), ['not-yet-checked', 'healthy', 'degraded', 'outage', 'revoked']],
];

/** Of these no one may go; more may come. */
const codes: [what: string, now: () => readonly string[], then: string[]][] = [
  [
    'causes of a loss',
    () => Object.keys(lossCauses),
    words(`key-disabled deletion-scheduled material-gone key-gone role-refused role-gone access-key-inactive
      access-key-secret-wrong permission-removed key-policy-changed permission-unclear context-refused
      denied-to-role permissions-boundary organization-policy session-policy vpc-endpoint-policy`),
  ],
  [
    'failures of a key service, as reports name them',
    () => Object.keys(kmsFailures),
    words(`throttled kms-internal dependency-timeout key-unavailable unreachable untrusted-certificate timed-out
      key-state-unclear custom-key-store vendor-credentials vendor-denied clock-skew aborted key-disabled
      pending-deletion pending-import access-denied assume-role-denied organization-denied key-not-found
      invalid-arn invalid-key-usage unrecognized-client access-key-unknown access-key-secret-wrong
      invalid-signature region-disabled region-unknown invalid-request unexpected invalid-ciphertext
      incorrect-key wrong-key wrong-plaintext wrong-length expired-token limit-exceeded`),
  ],
  [
    'messages',
    () => Object.keys(catalogue),
    words(`said key-lost kms-failure key-lost-next kms-failure-next access-taken-away other-data-key unknown-connection
      check-failed not-run-after test-not-ended apps-keep-changing data-keys-keep-changing records-keep-changing
      written-meanwhile data-keys-left-behind records-do-not-open our-fault creation-refused creation-not-made
      creation-many-keys creation-look-denied creation-nobody-to-ask creation-no-answer creation-unknown-connection
      creation-for-deleted-key creation-for-unknown-connection creation-not-awaited creation-unnamed creation-gone
      creation-gone-by-word key-answers of-older-version vendor-denied alias-drift alias-back this-key every-key
      when-revoked asked-now answer-shared platform-key key-version`),
  ],
  [
    'messages of AWS, which are stored with its ID before them',
    () => Object.keys(providerRules.aws.messages),
    words(`label-access-key-id label-account-of-key label-account-of-role label-account-of-user label-automatic-rotation
      label-aws-error label-cloudtrail label-data-key-pair label-days-left label-deletion label-difference
      label-expiry label-home-region label-key label-key-arn label-key-store label-labels label-look-at
      label-new-key label-not-aws-itself label-origin label-pair label-partition label-region label-region-of-key
      label-regionality label-role label-same-answer label-service label-state label-type label-undescribed
      label-usage label-user-arn label-version label-wrapped to-be-created created-by-keyward named-region not-told
      not-permitted-to-see could-not-be-seen does-not-apply switched-on switched-off expires-never
      regionality-of-key named-key-store no-pairs-in-key-store pair-thrown-away count-of-bytes count-of-minutes
      denied-call-is-ours denied-assuming-is-ours refused-listing-is-ours refused-labels-are-ours hanging-on-key
      role-alike trust-of-role
      reading-arns reading-entered comparing-regions calling-sts-and-kms assuming-role trying-to-assume-role
      looking-whether-it-applies asking-whose-access-key looking-at-key generating-data-key
      encrypting-and-decrypting generating-data-key-pair using-as-another-tenant opening-data-keys calling-action
      region-unknown field-problem other-partition arns-complete accounts-differ no-secret-stored
      access-key-complete key-to-be-created in-home-region outside-home-region sts-and-kms-answer no-answer
      role-assumed assuming-failed role-refuses-us no-role-assumed role-refuses-others role-lets-others-in
      refusal-unseen root-access-key no-user user-of-vendor user-known other-key-described managed-by-aws key-usable
      in-cloudhsm in-external-key-store material-imported material-expired material-expires describing-denied
      left-for-creation data-key-made generating-denied came-back pair-not-asked-for pair-not-in-this-store
      pair-made pair-wrong context-demanded context-not-demanded context-unseen no-earlier-version stays-readable
      cut-off call-failed call-allowed not-run-before alias-not-resolved nothing-to-decrypt missing-in-key-policy
      other-policy-named works-without not-by-a-policy key-unseen call-denied call-denied-by except-from-denial
      assuming-denied-by allow-assuming choose-region correct-field correct-field-or-region use-one-partition
      use-one-account create-key-in paste-secret delete-root-access-key use-access-key-of-user use-user-of-yours
      replace-trust-policy demand-external-id allow-in-key-policy allow-in-permission-policy allow-on-own-arn
      in-account-of-key allow-in-both demand-context use-customer-managed-key keep-cloudhsm keep-external-key-store
      keep-material import-material-again import-material-in-time describing-is-optional generating-is-optional
      test-pair-again let-assume-again allow-for-version name-both-keys name-its-key look-at-step then-verify-again
      compare-arn open-key open-role open-user`),
  ],
  [
    'codes of refusals',
    () => Object.keys(errorWords),
    words(`unauthenticated token-ended password-ended forbidden password-change-required not-found invalid-input
      conflict not-allowed-in-state test-required warnings-not-acknowledged date-in-past no-apps-selected
      app-taken key-in-use too-many-requests wrong-credentials key-revoked key-outage key-misconfigured
      cannot-open too-large unavailable internal`),
  ],
  [
    'checks of a test',
    () => checkIds,
    words(`format region connectivity authentication confused-deputy key data-key encryption-decryption
      data-key-pair context key-in-force`),
  ],
  [
    'fields of events',
    () =>
      Object.keys({
        ...keyInHistory('aws', 'k'),
        ...pinnedInHistory('aws', 'p'),
        ...keyInHistory('another', 'k'),
        ...pinnedInHistory('another', 'p'),
        ...orphanedInHistory(1),
        ...transitionInHistory('t'),
      }),
    ['keyArn', 'pinnedKeyArn', 'keyRef', 'pinnedKeyRef', 'leftOver', 'moveId'],
  ],
  ['ends of a check', () => finalOutcomes, ['passed', 'failed', 'warning', 'skipped', 'not-run']],
  [
    'steps of the set-up guide',
    () => Object.values(checklists).flat(),
    words(`role user key key-policy permission configuration share`),
  ],
  ['actions that are verified', () => actionRows, words(`kms:DescribeKey kms:GenerateDataKey kms:Encrypt kms:Decrypt`)],
  ['origins of a key', () => keyOrigins, ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']],
];

const operationsOfHistory = words(`
  assign-app change-password check-authorization-profile check-key check-tenant-key create-app
  create-customer-key create-key create-person create-tenant create-token decrypt-items decrypt-stream
    delete-key discard-changes dismiss-key-creation encrypt-items encrypt-stream find-by-name lease-data-key list-apps
    list-enterprise-keys list-history list-history-choices list-key-creations list-selectable-apps list-tenants
    list-tokens list-vendor-history list-vendor-history-choices make-irreversible note-policy-scope
    open-recent-records pause-move plan-assignment plan-change prepare-rotation read-app read-enterprise-key
    read-hand-over read-health read-me read-name
  read-set-up-values read-setup read-tenant rekey-app rename-key resume-move revert-key revoke-token rotate-key
  save-step schedule-key set-cache-time set-region-rule test-configuration update-apps validate-apps
  verify-set-up-step`);

/** By its name in the history, what each kind of event is called. */
const events: Record<string, string> = {
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  'change-password': 'Change the password',
  'create-operator': 'Create an operator',
  'create-key': 'Create an enterprise key',
  'save-step': 'Save the draft',
  'test-configuration': 'Test Configuration',
  'verify-set-up-step': 'Verify a step of the set-up',
  'note-policy-scope': 'Say which keys the IAM policy names',
  'rename-key': 'Change alias, description or tags',
  'delete-key': 'Delete an enterprise key',
  'assign-app': 'Assign an app to a key',
  'create-customer-key': 'Create a key in AWS',
  'customer-key-left-over': 'A key created in AWS is left over',
  'dismiss-key-creation': 'Take a left-over key off the list',
  'schedule-key': 'Schedule the key',
  'discard-changes': 'Discard changes',
  'activate-key': 'Activate the key',
  'activation-failed': 'Activation failed',
  'finish-activation': 'Finish the activation',
  'prepare-rotation': 'Prepare a rotation',
  'rotate-key': 'Rotate the key',
  'finish-rotation': 'Finish the rotation',
  'rotation-left-behind': 'Rotation left something behind',
  'rotation-failed': 'Rotation stuck',
  'update-apps': 'Update apps and bots',
  'finish-update-apps': 'Finish the change of apps',
  'update-apps-failed': 'Change of apps stuck',
  'finish-reencryption': 'Finish re-encrypting stored records',
  'revert-key': 'Revert to None',
  'finish-revert': 'Finish the return to the platform key',
  'revert-failed': 'Return to the platform key stuck',
  'rekey-app': 'Rekey an app',
  'finish-rekey': 'Finish the rekey',
  'rekey-failed': 'Rekey stuck',
  'pause-move': 'Pause a move',
  'resume-move': 'Resume a move, or try again now',
  'make-irreversible': 'Make irreversible',
  'set-region-rule': 'Change the region rule',
  'set-cache-time': 'Change the data key cache time',
  'alias-drift': 'Alias leads to another key',
  'alias-back': 'Alias leads back',
  'key-revoked': 'Key revoked',
  'key-outage': 'Key outage',
  'key-degraded': 'Key answers again',
  'key-healthy': 'Key healthy',
  'vendor-denied': 'AWS does not let Keyward’s service role assume customers’ roles',
  'encrypt-items': 'Encrypt data',
  'decrypt-items': 'Decrypt data',
  'encrypt-stream': 'Encrypt a stream',
  'decrypt-stream': 'Decrypt a stream',
  'lease-data-key': 'Lease a data key',
  'check-key': 'Check now',
  'check-tenant-key': 'Check now, by the vendor',
  'validate-apps': 'Validate apps and bots',
  'open-recent-records': 'Open recent records',
  'check-authorization-profile': 'Test authorization',
  'read-tenant': 'Look into this tenant',
  'list-tenants': 'List the tenants',
  'create-tenant': 'Create this tenant',
  'create-person': 'Create an account',
  'create-app': 'Create an app or bot',
  'create-token': 'Create a token',
  'revoke-token': 'Revoke a token',
};

describe('what is stored keeps its name', () => {
  it.each(stored)('%s', async (_what, now, then) => {
    expect(await now()).toEqual(then);
  });

  it.each(codes)('%s', (_what, now, then) => {
    expect(now()).toEqual(expect.arrayContaining(then));
  });

  it('every operation has the name by which the history knows it', async () => {
    expect(await operationNames()).toEqual(operationsOfHistory);
    expect(Object.fromEntries(operationChoices())).toMatchObject(events);
    expect(toldOperations()).toEqual(expect.arrayContaining([...operationsOfHistory, ...Object.keys(events)]));
  });
});

/** Whatever folder they lie in. */
async function operationNames(): Promise<string[]> {
  const folder = new URL('../operations/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const names = new Set<string>();
  for (const file of files.filter((name) => name.endsWith('.ts') && !/testing|\.test\.ts$/.test(name))) {
    const exported = Object.values((await import(new URL(file, folder).href)) as Record<string, unknown>);
    for (const one of exported)
      if (typeof one === 'function' && 'operationName' in one) names.add(String(one.operationName));
  }
  return [...names].sort();
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
