/**
 * What AWS puts into the context of our requests, key by key: what we send, what we never send, and what nobody knows beforehand.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
import type { RequestContext } from './conditions.ts';
import type { CheckerValues } from './policy-shape.ts';
import type { Caller } from './request.ts';

type Known = Map<string, readonly string[] | 'present'>;

/** AssumeRole by our service role, with what is sent; null for what is not, and for a session's name that varies. */
export function assumeRoleContext(
  values: CheckerValues,
  caller: Caller,
  { externalId, sessionName }: { externalId: string | null; sessionName: string | null },
): RequestContext {
  const known = globalContext(caller, values);
  known.set('sts:externalid', externalId === null ? [] : [externalId]);
  known.set('sts:rolesessionname', sessionName === null ? 'present' : [sessionName]);
  known.set('sts:durationseconds', ['900']);
  known.set('aws:resourceaccount', [values.roleArn.split(':')[4] ?? '']);
  return fromKnown(known, (key) => (key.startsWith('sts:') ? [] : notOurs(key)));
}

/** A call to KMS by the customer's role, with the pairs of the encryption context; null for one that carries none at all. */
export function kmsContext(
  values: CheckerValues,
  caller: Caller,
  pairs: Readonly<Record<string, string>> | null,
): RequestContext {
  const known = globalContext(caller, values);
  known.set('aws:requestedregion', [values.region]);
  known.set('aws:resourceaccount', [values.keyAccountId]);
  known.set('kms:calleraccount', [caller.accountId]);
  // No other key can do what we ask of it.
  for (const name of ['keyspec', 'customermasterkeyspec']) known.set(`kms:${name}`, ['SYMMETRIC_DEFAULT']);
  for (const name of ['keyusage', 'customermasterkeyusage']) known.set(`kms:${name}`, ['ENCRYPT_DECRYPT']);
  known.set('kms:keyorigin', 'present');
  known.set('kms:datakeypairspec', pairs === null ? [] : 'present');
  if (values.keyArn !== null) known.set('kms:multiregion', [String(values.keyArn.includes(':key/mrk-'))]);
  if (values.keyArn !== null && !values.keyArn.includes(':key/mrk-')) known.set('kms:multiregionkeytype', []);
  known.set('kms:encryptionalgorithm', pairs === null ? [] : ['SYMMETRIC_DEFAULT']);
  known.set('kms:encryptioncontextkeys', pairs === null ? [] : ['keyward:app', ...Object.keys(pairs)].sort());
  for (const [name, value] of Object.entries(pairs ?? {})) {
    known.set(`${contextPrefix}${name.toLowerCase()}`, [value]);
  }
  return fromKnown(known, (key) => {
    // The app's ID is sent, and varies; every other pair is not sent.
    if (key === `${contextPrefix}keyward:app`) return pairs === null ? [] : 'present';
    if (['kms:multiregion', 'kms:multiregionkeytype', 'kms:resourcealiases'].includes(key)) return undefined;
    return key.startsWith('kms:') ? [] : notOurs(key);
  });
}

/** The root user of the account that owns the key, who looks after its policy. */
export function rootContext(values: CheckerValues, root: string): RequestContext {
  const known: Known = new Map([
    ['aws:principalarn', [root]],
    ['aws:principalaccount', [values.keyAccountId]],
    ['aws:principaltype', ['Account']],
    ['aws:securetransport', ['true']],
    ['aws:principalisawsservice', ['false']],
    ['aws:viaawsservice', ['false']],
    ['kms:calleraccount', [values.keyAccountId]],
  ]);
  return fromKnown(known, (key) => (key.startsWith('kms:encryptioncontext') ? [] : undefined));
}

const contextPrefix = 'kms:encryptioncontext:';

/** Temporary credentials always carry these, whoever they belong to. */
function globalContext(caller: Caller, { now = Date.now() }: CheckerValues): Known {
  const time = new Date(now).toISOString();
  return new Map<string, readonly string[] | 'present'>([
    ['aws:principalarn', [caller.arn]],
    ['aws:principalaccount', [caller.accountId]],
    ['aws:principaltype', ['AssumedRole']],
    ['aws:userid', 'present'],
    ['aws:useragent', 'present'],
    ['aws:securetransport', ['true']],
    ['aws:currenttime', [time]],
    ['aws:epochtime', [String(Math.floor(now / 1000))]],
    ['aws:tokenissuetime', [time]],
    // A role's credentials always carry it, and those of a program were made without a device.
    ['aws:multifactorauthpresent', ['false']],
    ['aws:viaawsservice', ['false']],
    ['aws:principalisawsservice', ['false']],
  ]);
}

/** Keys that come with what we never do: a user's name, a service that calls for us, another identity provider. */
const never = [
  'aws:multifactorauthage',
  'aws:username',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceidentity',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:federatedprovider',
  'aws:referer',
  'aws:tagkeys',
  'aws:assumedroot',
  'aws:chatbotsourcearn',
];

function notOurs(key: string): readonly string[] | undefined {
  if (never.includes(key) || key.startsWith('aws:requesttag/')) return [];
  // What is left of AWS's own depends on the network, on tags, and on the organization.
  return /^(?:aws|ec2|lambda):/.test(key) ? undefined : [];
}

function fromKnown(known: Known, other: RequestContext): RequestContext {
  return (key) => known.get(key) ?? other(key);
}
