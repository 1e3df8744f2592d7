// Requests for the test of `decide`: who asks under which policies, and whether AWS allows it.

const LOGIC = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html';
const CROSS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html';
const BOUNDARY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';
const SESSION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session';
const DEFAULT_KEY_POLICY = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html';
const EXTERNAL = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html';
export const PRINCIPAL = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const KMS_CONDITIONS = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html';
const NOT_ACTION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html';
const NOT_RESOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html';
const ACTION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html';

export const OWNER = '111122223333';
export const OTHER = '444455556666';
export const KEY = `arn:aws:kms:us-east-1:${OWNER}:key/12345678-1234-1234-1234-123456789012`;
export const ROLE = `arn:aws:iam::${OWNER}:role/App`;
const OTHER_ROLE = `arn:aws:iam::${OTHER}:role/App`;
export const USER = `arn:aws:iam::${OWNER}:user/Ann`;
const SESSION_ARN = `arn:aws:sts::${OWNER}:assumed-role/App/s1`;
export const ROOT = { AWS: `arn:aws:iam::${OWNER}:root` };

export const allow = (action = 'kms:Decrypt', resource = '*') => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
export const deny = (action = 'kms:Decrypt', resource = '*') => ({ ...allow(action, resource), Effect: 'Deny' });
export const to = (principal: object | string, statement: object = allow()) => ({ ...statement, Principal: principal });
const when = (condition: object, statement: object = allow()) => ({ ...statement, Condition: condition });

/** Who asks, with which policies; `key` are the statements of the key policy. */
export interface Case {
  by?: 'role' | 'user' | 'root' | 'other-role' | 'other-root';
  identity?: object[];
  boundary?: object;
  session?: object;
  key: object[];
  context?: Record<string, string>;
  action?: string;
}

const TENANT = 'kms:EncryptionContext:keyward:tenant';
const CONTEXT_DENY = when({ StringNotEquals: { [TENANT]: 't1' } }, to({ AWS: ROLE }, deny()));

/** The rules of policy evaluation, each with the page of AWS that it comes from. */
export const ROWS: [source: string, title: string, allowed: boolean, request: Case][] = [
  [LOGIC, 'nothing allows: implicit deny', false, { key: [to(ROOT)] }],
  [
    LOGIC,
    'an explicit deny in an identity policy beats the key policy',
    false,
    { identity: [deny()], key: [to({ AWS: ROLE })] },
  ],
  [
    LOGIC,
    'an explicit deny in the key policy beats the identity policy',
    false,
    { identity: [allow()], key: [to(ROOT), to({ AWS: ROLE }, deny())] },
  ],
  [LOGIC, 'a deny for everyone stops the account itself', false, { by: 'root', key: [to(ROOT), to('*', deny())] }],
  [
    LOGIC,
    'a key policy must allow: an identity policy alone does not',
    false,
    { identity: [allow()], key: [to({ AWS: USER })] },
  ],
  [LOGIC, 'a key policy that names the role needs no identity policy', true, { key: [to({ AWS: ROLE })] }],
  [LOGIC, 'a key policy that names the user needs no identity policy', true, { by: 'user', key: [to({ AWS: USER })] }],
  [LOGIC, 'everyone, in the same account, needs no identity policy', true, { key: [to('*')] }],
  [
    DEFAULT_KEY_POLICY,
    'the account as principal lets identity policies decide: yes',
    true,
    { identity: [allow()], key: [to(ROOT)] },
  ],
  [
    DEFAULT_KEY_POLICY,
    'the account as principal lets identity policies decide: other action',
    false,
    { identity: [allow('kms:Encrypt')], key: [to(ROOT)] },
  ],
  [DEFAULT_KEY_POLICY, 'the account as principal, by number', true, { identity: [allow()], key: [to({ AWS: OWNER })] }],
  [DEFAULT_KEY_POLICY, 'the root user needs no identity policy', true, { by: 'root', key: [to(ROOT)] }],
  [DEFAULT_KEY_POLICY, 'the root user is bound by the key policy', false, { by: 'root', key: [to({ AWS: ROLE })] }],
  [
    BOUNDARY,
    'a boundary limits what identity policies allow',
    false,
    { identity: [allow()], boundary: allow('kms:Encrypt'), key: [to(ROOT)] },
  ],
  [BOUNDARY, 'a boundary by itself grants nothing', false, { boundary: allow(), key: [to(ROOT)] }],
  [
    BOUNDARY,
    'identity policy and boundary together allow',
    true,
    { identity: [allow()], boundary: allow('kms:*'), key: [to(ROOT)] },
  ],
  [
    LOGIC,
    'a boundary limits a key policy that names the role',
    false,
    { boundary: allow('kms:Encrypt'), key: [to({ AWS: ROLE })] },
  ],
  [
    LOGIC,
    'a boundary does not limit a key policy that names the session',
    true,
    { boundary: allow('kms:Encrypt'), key: [to({ AWS: SESSION_ARN })] },
  ],
  [
    LOGIC,
    'a boundary does not limit a key policy that names the user',
    true,
    { by: 'user', boundary: allow('kms:Encrypt'), key: [to({ AWS: USER })] },
  ],
  [
    LOGIC,
    'an explicit deny in a boundary limits all the same',
    false,
    { boundary: deny(), key: [to({ AWS: SESSION_ARN })] },
  ],
  [
    SESSION,
    'a session policy is an intersection: not in it',
    false,
    { identity: [allow()], session: allow('kms:Encrypt'), key: [to(ROOT)] },
  ],
  [
    SESSION,
    'a session policy is an intersection: in both',
    true,
    { identity: [allow()], session: allow(), key: [to(ROOT)] },
  ],
  [SESSION, 'a session policy grants nothing by itself', false, { session: allow(), key: [to(ROOT)] }],
  [
    SESSION,
    'a session policy limits a key policy that names the role',
    false,
    { session: allow('kms:Encrypt'), key: [to({ AWS: ROLE })] },
  ],
  [
    SESSION,
    'a session policy does not limit a key policy that names the session',
    true,
    { session: allow('kms:Encrypt'), key: [to({ AWS: SESSION_ARN })] },
  ],
  [
    SESSION,
    'a session policy that denies everything denies everything',
    false,
    { identity: [allow()], session: deny('*'), key: [to({ AWS: SESSION_ARN })] },
  ],
  [
    CROSS,
    'another account: the key policy alone is not enough',
    false,
    { by: 'other-role', key: [to({ AWS: OTHER_ROLE })] },
  ],
  [
    CROSS,
    'another account: its identity policy alone is not enough',
    false,
    { by: 'other-role', identity: [allow()], key: [to(ROOT)] },
  ],
  [
    CROSS,
    'another account: both sides, role named',
    true,
    { by: 'other-role', identity: [allow()], key: [to({ AWS: OTHER_ROLE })] },
  ],
  [
    EXTERNAL,
    'another account: both sides, account named',
    true,
    { by: 'other-role', identity: [allow('kms:Decrypt', KEY)], key: [to({ AWS: OTHER })] },
  ],
  [CROSS, 'another account: everyone still needs the identity policy', false, { by: 'other-role', key: [to('*')] }],
  [CROSS, 'another account: its root user', true, { by: 'other-root', key: [to({ AWS: OTHER })] }],
  [
    CROSS,
    'another account: its boundary limits',
    false,
    { by: 'other-role', identity: [allow()], boundary: allow('kms:Encrypt'), key: [to({ AWS: OTHER_ROLE })] },
  ],
  [ACTION, 'action names are not case-sensitive', true, { key: [to({ AWS: ROLE }, allow('KMS:decrypt'))] }],
  [
    ACTION,
    'a wildcard in an action',
    true,
    { action: 'kms:GenerateDataKeyPair', key: [to({ AWS: ROLE }, allow('kms:GenerateDataKey*'))] },
  ],
  [
    ACTION,
    'a wildcard that does not reach',
    false,
    { action: 'kms:GenerateMac', key: [to({ AWS: ROLE }, allow('kms:GenerateDataKey*'))] },
  ],
  [
    NOT_ACTION,
    'NotAction allows the others',
    true,
    { key: [to({ AWS: ROLE }, { Effect: 'Allow', NotAction: 'kms:Encrypt', Resource: '*' })] },
  ],
  [
    NOT_ACTION,
    'NotAction does not allow what it names',
    false,
    { action: 'kms:Encrypt', key: [to({ AWS: ROLE }, { Effect: 'Allow', NotAction: 'kms:Encrypt', Resource: '*' })] },
  ],
  [
    NOT_RESOURCE,
    'NotResource with Deny spares what it names',
    true,
    { identity: [{ Effect: 'Deny', Action: '*', NotResource: KEY }], key: [to({ AWS: ROLE })] },
  ],
  [
    NOT_RESOURCE,
    'NotResource with Deny hits the others',
    false,
    { identity: [{ Effect: 'Deny', Action: '*', NotResource: `${KEY}0` }], key: [to({ AWS: ROLE })] },
  ],
  [
    DEFAULT_KEY_POLICY,
    'an identity policy for another key',
    false,
    { identity: [allow('kms:Decrypt', `${KEY}0`)], key: [to(ROOT)] },
  ],
  [
    DEFAULT_KEY_POLICY,
    'an identity policy for the account’s keys',
    true,
    { identity: [allow('kms:Decrypt', `arn:aws:kms:*:${OWNER}:key/*`)], key: [to(ROOT)] },
  ],
  [
    KMS_CONDITIONS,
    'an encryption context that is demanded and given',
    true,
    { context: { [TENANT]: 't1' }, key: [when({ StringEquals: { [TENANT]: 't1' } }, to({ AWS: ROLE }))] },
  ],
  [
    KMS_CONDITIONS,
    'an encryption context that is demanded and missing',
    false,
    { key: [when({ StringEquals: { [TENANT]: 't1' } }, to({ AWS: ROLE }))] },
  ],
  [
    KMS_CONDITIONS,
    'another tenant’s encryption context under the Deny',
    false,
    { context: { [TENANT]: 't2' }, key: [to({ AWS: ROLE }), CONTEXT_DENY] },
  ],
  [KMS_CONDITIONS, 'no encryption context at all under the Deny', false, { key: [to({ AWS: ROLE }), CONTEXT_DENY] }],
  [
    KMS_CONDITIONS,
    'our encryption context passes the Deny',
    true,
    { context: { [TENANT]: 't1' }, key: [to({ AWS: ROLE }), CONTEXT_DENY] },
  ],
  [
    KMS_CONDITIONS,
    'one conditioned Allow demands nothing beside another Allow',
    true,
    { identity: [allow()], key: [to(ROOT), when({ StringEquals: { [TENANT]: 't1' } }, to({ AWS: ROLE }))] },
  ],
  [PRINCIPAL, 'a service principal matches no role', false, { key: [to({ Service: 'logs.amazonaws.com' })] }],
];
