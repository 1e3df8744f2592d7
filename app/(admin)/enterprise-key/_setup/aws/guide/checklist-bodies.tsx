'use client';

import type { ReactNode } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { permissionPolicy } from '#lib/byok/aws/policies.ts';
import type { ArtefactFormat } from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import { PolicyBeforeKey, PolicyScopeNarrowed, PolicyScopeReminder } from '../../../_shared/aws/policy-scope.tsx';
import { describeKeyReference, describeRoleReference } from '../../../_shared/aws/read-back.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { Policy } from '../../../_shared/aws/set-up-help.tsx';
import { WhichAccount, WhyMore } from '../../../_shared/aws/which-account.tsx';
import { Understood } from '../../../_shared/connection/understood.tsx';
import { OutsideLink } from '../../../_shared/outside-link.tsx';
import type { Guide } from './guide-description.ts';
import { Tip, Value } from './guide-words.tsx';
import { useArtefactFormat } from './set-up-tabs.tsx';
import type { ArnField } from './use-prepare-arns.ts';
import type { PrepareForm } from './use-prepare-step.ts';

/** What to do in each step where a role is assumed, in one or two sentences, with everything to paste. */
export function RoleBody({ setUp, setup, form }: Guide<SetUp>) {
  const { byHand, nameFile } = useArtefactFormat(setup, setUp);
  return (
    <>
      <WhichAccount of="role" setUp={setUp} />
      {byHand ? (
        <>
          <p>
            Create an IAM role named <Value>{setUp.roleName}</Value> with the trusted entity type “Custom trust policy”,
            and paste this. It lets our service assume the role, and only when it presents your external ID.
          </p>
          <WhyMore why={setUp.more.trust} />
          <Policy
            document={setUp.policies.trust}
            fileName={nameFile('trust-policy.json')}
            link={{ href: setUp.links.createRole, words: 'Create the role in AWS' }}
            name="trust policy"
          />
          <Tip>
            The role comes first: AWS refuses a key policy that names a role which does not exist. A role that is
            deleted and made again is another role to AWS, even under the same name; the key policy then has to be saved
            anew.
          </Tip>
        </>
      ) : (
        <Made link={{ href: setUp.links.role, words: 'Open this role in AWS' }}>
          It makes the role <Value>{setUp.roleName}</Value>, which trusts our service role with your external ID.
        </Made>
      )}
      <ArnInput
        form={form}
        facts={describeRoleReference(form.arns.given.roleArn, setup.configuration.accountId)}
        field="roleArn"
        hint="Follows from account and name. Change it if your role has a path."
        label="Role ARN"
      />
    </>
  );
}

export function KeyBody({ setUp, setup, form }: Guide<SetUp>) {
  const { byHand } = useArtefactFormat(setup, setUp);
  const { region, accountId, createsKey } = setup.configuration;
  const awaits = createsKey && form.arns.given.keyArn === '';
  return (
    <>
      <WhichAccount of="key" setUp={setUp} />
      {awaits ? (
        <p>
          As chosen in Connect, Keyward creates this key itself, with its key policy, once everything else has passed.
        </p>
      ) : byHand ? (
        <>
          <p>
            In <Value>{setUp.region}</Value>, create a customer managed key: type <Value>Symmetric</Value>, usage{' '}
            <Value>Encrypt and decrypt</Value>. Then paste its ARN here; it completes the policies below.
          </p>
          <p>
            <OutsideLink href={setUp.links.key ?? setUp.links.createKey}>
              {setUp.links.key ? 'Open this key in AWS' : 'Create the key in AWS'}
            </OutsideLink>
          </p>
          <Tip>
            Turn on automatic key rotation if your rules ask for it; nothing has to be changed here when AWS rotates.
          </Tip>
        </>
      ) : (
        <Made link={setUp.links.key ? { href: setUp.links.key, words: 'Open this key in AWS' } : null}>
          It makes the key and prints its ARN at the end. Paste it here.
        </Made>
      )}
      {awaits ? null : (
        <ArnInput
          form={form}
          facts={describeKeyReference(form.arns.given.keyArn, { region, accountId })}
          field="keyArn"
          hint={`The key’s ARN, an alias ARN, or a key ID in ${setUp.region}.`}
          label="Provider ARN"
        />
      )}
    </>
  );
}

export function KeyPolicyBody({ setUp, setup }: Guide<SetUp>) {
  const { format, byHand, nameFile } = useArtefactFormat(setup, setUp);
  const link = setUp.links.key
    ? { href: setUp.links.key, words: 'Open the key’s policy in AWS' }
    : { href: setUp.links.createKey, words: 'Create a key in AWS' };
  return (
    <>
      <WhichAccount of="key" setUp={setUp} />
      {byHand ? (
        <p>
          On the key’s page, tab “Key policy”, click Edit and replace what is there by this. The first statement is
          AWS’s own and leaves your administrators in charge of the key. It replaces the whole policy: keep a copy of
          what is there, and add the statements that others need.
        </p>
      ) : (
        <Made link={link}>{keyPolicyWords(setUp, format)}</Made>
      )}
      <WhyMore why={setUp.more.key} />
      {byHand ? (
        <Policy document={setUp.policies.key} fileName={nameFile('key-policy.json')} link={link} name="key policy" />
      ) : null}
    </>
  );
}

export function PermissionBody({ setUp, setup }: Guide<SetUp>) {
  const { byHand, nameFile } = useArtefactFormat(setup, setUp);
  const { policies, links, shape, dataKeyPair } = setUp;
  const link = { href: links.role, words: 'Open this role in AWS' };
  const wide = permissionPolicy({ keyArn: '*', tenantId: setup.tenant.id, shape, dataKeyPair });
  const given = { keyId: setup.key.id, link, scope: setup.checklist.scope };
  const file = { link, fileName: nameFile('permission-policy.json') };
  return (
    <>
      <WhichAccount of="role" setUp={setUp} />
      {policies.permission ? (
        <>
          <PolicyScopeReminder below narrowed={policies.permission} {...given} />
          <PolicyScopeNarrowed scope={given.scope} />
          {byHand ? (
            <p>
              Add this to the role <Value>{setUp.roleName}</Value> as an inline policy. It allows the role to use this
              one key, and for your organisation’s data only.
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

type ArnInputProps = {
  field: ArnField;
  label: string;
  hint: string;
  form: PrepareForm;
  facts: Parameters<typeof Understood>[0]['facts'];
};

function ArnInput({ field, label, hint, form: { arns, tried }, facts }: ArnInputProps) {
  return (
    <TextField
      after={<Understood facts={facts} />}
      autoComplete="off"
      error={arns.errorOf(field, tried)}
      hint={hint}
      id={field}
      label={label}
      mono
      name={field}
      onBlur={() => arns.leave(field)}
      onChange={(event) => arns.type(field, event.currentTarget.value)}
      spellCheck={false}
      value={arns.given[field]}
    />
  );
}

/** The script goes into both accounts; a module stays in its own, and a stack changes no key that it has not made. */
function keyPolicyWords({ roleAccountId, keyAccountId, keyArn }: SetUp, format: ArtefactFormat): string {
  const apart = roleAccountId !== keyAccountId;
  if (format === 'cli' && apart) return 'It puts this policy on the key when you run it in the key’s account.';
  if (format === 'terraform' && apart)
    return 'It cannot do this: put the key policy of the JSON tab on the key in its account.';
  if (format === 'cloudformation' && keyArn !== null)
    return 'A stack that has made the key puts this policy on it. On any other key, put the key policy of the JSON tab by hand.';
  return 'It puts this policy on the key, with AWS’s own first statement in it.';
}

/** What script, stack or module has done of a step. */
function Made({ link, children }: { link: { href: string; words: string } | null; children: ReactNode }) {
  return (
    <p>
      {children} {link ? <OutsideLink href={link.href}>{link.words}</OutsideLink> : null}
    </p>
  );
}
