'use client';

import type { ReactNode } from 'react';
import { Fold } from '#components/ui/fold.tsx';
import { permissionPolicy } from '#lib/byok/aws/policies.ts';
import type { ArtefactFormat } from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import { PolicyBeforeKey, PolicyScopeNarrowed, PolicyScopeReminder } from '../../../_shared/aws/policy-scope.tsx';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { Policy } from '../../../_shared/aws/set-up-help.tsx';
import { WhichAccount, WhyMore } from '../../../_shared/aws/which-account.tsx';
import { OutsideLink } from '../../../_shared/outside-link.tsx';
import { AwsField } from '../aws-field.tsx';
import { CreateKeyChoice } from '../create-key-choice.tsx';
import type { Guide } from './guide-description.ts';
import { Tip, Value } from './guide-words.tsx';
import { marksOf } from './marks.ts';
import { useArtefactFormat } from './set-up-tabs.tsx';
import { TrustDetails } from './trust-details.tsx';

/** What to do in each step where a role is assumed, in one or two sentences, with everything to paste. */
export function RoleBody(guide: Guide<SetUp>) {
  const { setUp, setup } = guide;
  const { byHand, nameFile } = useArtefactFormat(setup, setUp);
  return (
    <>
      <WhichAccount help="trust policy" of="role" setUp={setUp} />
      {byHand ? (
        <>
          <p>
            Create an IAM role named <Value>{setUp.roleName}</Value> with the trusted entity type “Custom trust policy”.
            Paste this policy. The highlighted values are yours.
          </p>
          <WhyMore why={setUp.more.trust} />
          <Policy
            document={setUp.policies.trust}
            fileName={nameFile('trust-policy.json')}
            link={{ href: setUp.links.createRole, words: 'Create the role in AWS' }}
            marks={marksOf(setup, setUp)}
            name="trust policy"
          />
        </>
      ) : (
        <Made link={{ href: setUp.links.role, words: 'Open this role in AWS' }}>
          It creates the role <Value>{setUp.roleName}</Value>, which trusts Keyward with your external ID.
        </Made>
      )}
      <Fold summary="Trust details">
        <TrustDetails region={setUp.region} setup={setup} />
      </Fold>
      <AwsField name="roleArn" {...fieldsOf(guide)} />
    </>
  );
}

/** The key, and its policy: both are on its page in AWS. */
export function KeyBody(guide: Guide<SetUp>) {
  const { setUp, setup, form } = guide;
  const { format, byHand, nameFile } = useArtefactFormat(setup, setUp);
  const awaits = form.createsKey && form.given.keyArn.trim() === '';
  const link = setUp.links.key
    ? { href: setUp.links.key, words: 'Open the key’s policy in AWS' }
    : { href: setUp.links.createKey, words: 'Create the key in AWS' };
  return (
    <>
      <WhichAccount help="key policy" of="key" setUp={setUp} />
      <CreateKeyChoice
        checked={form.createsKey}
        field="Provider ARN"
        named={form.given.keyArn.trim() !== ''}
        onChange={form.chooseCreation}
        setup={setup}
      />
      {awaits ? (
        <p>Keyward creates this key, with its key policy, once everything else has passed its test.</p>
      ) : byHand ? (
        <>
          <p>
            In <Value>{setUp.region}</Value>, create a key of the type <Value>Symmetric</Value> for{' '}
            <Value>Encrypt and decrypt</Value>. On its page, tab “Key policy”, select Edit and replace its contents with
            this. Keep a copy, and add the statements that others need.
          </p>
          <WhyMore why={setUp.more.key} />
          <Policy
            document={setUp.policies.key}
            fileName={nameFile('key-policy.json')}
            link={link}
            marks={marksOf(setup, setUp)}
            name="key policy"
          />
          <Fold summary="Details">
            <Tip>
              The first statement is AWS’s own: it keeps your administrators in charge of the key. AWS refuses a key
              policy that names a role that does not exist. If you recreate the role, save the key policy again. You can
              turn on automatic key rotation: nothing changes here when AWS rotates.
            </Tip>
          </Fold>
        </>
      ) : (
        <>
          <Made link={link}>It creates the key and prints its ARN at the end. Paste it here.</Made>
          <p>{keyPolicyWords(setUp, format)}</p>
          <WhyMore why={setUp.more.key} />
        </>
      )}
      {awaits ? null : <AwsField name="keyArn" {...fieldsOf(guide)} />}
    </>
  );
}

export function PermissionBody({ setUp, setup, saved }: Guide<SetUp>) {
  const { byHand, nameFile } = useArtefactFormat(setup, setUp);
  const { policies, links, shape, dataKeyPair } = setUp;
  const link = { href: links.role, words: 'Open this role in AWS' };
  const wide = permissionPolicy({ keyArn: '*', tenantId: setup.tenant.id, shape, dataKeyPair });
  const given = { keyId: saved.key.id, link, scope: saved.checklist.scope };
  const file = { link, fileName: nameFile('permission-policy.json'), marks: marksOf(setup, setUp) };
  return (
    <>
      <WhichAccount help="permission policy" of="role" setUp={setUp} />
      {policies.permission ? (
        <>
          <PolicyScopeReminder below narrowed={policies.permission} {...given} />
          <PolicyScopeNarrowed scope={given.scope} />
          {byHand ? (
            <p>
              Add this to the role <Value>{setUp.roleName}</Value> as an inline policy. It allows the role to use this
              one key, for your organisation’s data only.
            </p>
          ) : (
            <Made link={link}>
              It gives the role its permission to use this one key, for your organisation’s data only.
            </Made>
          )}
          <WhyMore why={setUp.more.permission} />
          {byHand ? <Policy document={policies.permission} name="permission policy" {...file} /> : null}
        </>
      ) : byHand ? (
        <PolicyBeforeKey wide={wide} {...given} {...file} />
      ) : (
        <Made link={link}>It gives the role its permission to use the one key, and no other.</Made>
      )}
    </>
  );
}

function fieldsOf({ mode, saved, form }: Guide<SetUp>) {
  return { mode, setup: saved, form };
}

/** The script goes into both accounts; a module stays in its own, and a stack changes no key that it has not made. */
function keyPolicyWords({ roleAccountId, keyAccountId, keyArn }: SetUp, format: ArtefactFormat): string {
  const apart = roleAccountId !== keyAccountId;
  if (format === 'cli' && apart) return 'It adds this policy to the key when you run it in the key’s account.';
  if (format === 'terraform' && apart)
    return 'It cannot do this: add the key policy of the JSON tab to the key in its account.';
  if (format === 'cloudformation' && keyArn !== null)
    return 'A stack that created the key adds this policy to it. For any other key, add the key policy of the JSON tab yourself.';
  return 'It adds this policy to the key, including AWS’s own first statement.';
}

/** What script, stack or module has done of a step. */
function Made({ link, children }: { link: { href: string; words: string } | null; children: ReactNode }) {
  return (
    <p>
      {children} {link ? <OutsideLink href={link.href}>{link.words}</OutsideLink> : null}
    </p>
  );
}
