'use client';

import { Fold } from '#components/ui/fold.tsx';
import { inOneAccount } from '#lib/byok/aws/revocation.ts';
import { HelpTerm } from '../../../../../_shared/help/help-term.tsx';
import { Policy } from '../../../_shared/aws/set-up-help.tsx';
import { accountIn, type UserSetUp } from '../../../_shared/aws/user-set-up.ts';
import { WhyMore } from '../../../_shared/aws/which-account.tsx';
import { OutsideLink } from '../../../_shared/outside-link.tsx';
import { AwsField } from '../aws-field.tsx';
import { CreateKeyChoice } from '../create-key-choice.tsx';
import type { Guide } from './guide-description.ts';
import { Tip, Value } from './guide-words.tsx';
import { marksOf } from './marks.ts';

/** A user who may do one thing, and its access key. */
export function UserBody(guide: Guide<UserSetUp>) {
  const { setup, setUp } = guide;
  const { policies, links, keyArn, more } = setUp;
  const marks = marksOf(setup, setUp);
  return (
    <>
      <p>
        In IAM, select Users, then Create user. Give it no access to the console. Add this to it as an inline policy. It
        lets the user use the key for your organisation’s data only. <HelpTerm term="permission policy" />
      </p>
      <WhyMore why={more} />
      <Policy
        document={policies.permission}
        fileName="keyward-user-permission-policy.json"
        link={{ href: links.createUser, words: 'Create the user in AWS' }}
        marks={marks}
        name="permission policy"
      />
      {keyArn ? null : (
        <Tip>
          It names every key until yours is known. Narrow <code>Resource</code> to the key’s ARN afterwards.
        </Tip>
      )}
      <Fold summary="Encrypt and Decrypt only, where your rules allow no more">
        <div className="grid gap-1.5">
          <p className="text-ink-2">
            Enough for everything that Keyward does. The test then warns you: Keyward cannot see the key’s state and
            expiry, and makes the data keys itself.
          </p>
          <Policy
            document={policies.least}
            fileName="keyward-user-least-permission-policy.json"
            marks={marks}
            name="least permission policy"
          />
        </div>
      </Fold>
      <p>
        On the user’s page, under Security credentials, select Create access key. Choose “Application running outside
        AWS”. Copy both values here: AWS shows the secret only once.
      </p>
      <AwsField name="accessKeyId" {...fieldsOf(guide)} />
      <AwsField name="secret" {...fieldsOf(guide)} />
      <Fold summary="Details">
        <Tip>
          An access key works from anywhere and does not expire by itself. Keep no copy of it. Replace it from time to
          time with Rotate Key. With AWS Assume Role, no secret is stored at all.
        </Tip>
      </Fold>
    </>
  );
}

export function KeyBody(guide: Guide<UserSetUp>) {
  const { setup, setUp, form } = guide;
  const { region, links, policies, userArn, keyArn } = setUp;
  const apart = userArn !== null && !inOneAccount(userArn, keyArn);
  const awaits = form.createsKey && form.given.keyArn.trim() === '';
  return (
    <>
      <CreateKeyChoice
        checked={form.createsKey}
        field="Key ID"
        named={form.given.keyArn.trim() !== ''}
        onChange={form.chooseCreation}
        setup={setup}
      />
      {apart ? (
        <p>
          The key is in AWS account <Value>{accountIn(keyArn)}</Value>, the user in <Value>{accountIn(userArn)}</Value>.
          Do this step in the key’s account, and add the key policy below to the key there. AWS checks both policies.
        </p>
      ) : null}
      {awaits ? null : (
        <>
          <p>
            In <Value>{region}</Value>, create a key of the type <Value>Symmetric</Value> for{' '}
            <Value>Encrypt and decrypt</Value>. <OutsideLink href={links.createKey}>Create the key in AWS</OutsideLink>
          </p>
          <Fold summary="Details">
            <Tip>
              Under Advanced options, you can choose a CloudHSM or external key store, or import the material yourself.
              The test then shows what that requires. Select no one under “Define key usage permissions”. The policy of
              step 1 is enough, and requires Keyward’s context.
            </Tip>
          </Fold>
        </>
      )}
      {policies.key ? (
        <Fold summary="A key policy that names the user">
          <div className="grid gap-1.5">
            <p className="text-ink-2">
              Only if your rules require the key itself to define who may use it, and for what.
            </p>
            <Policy
              document={policies.key}
              fileName="keyward-key-policy.json"
              link={links.key ? { href: links.key, words: 'Open this key in AWS' } : null}
              marks={marksOf(setup, setUp)}
              name="key policy"
            />
          </div>
        </Fold>
      ) : null}
      {awaits ? null : <AwsField name="keyArn" {...fieldsOf(guide)} />}
    </>
  );
}

export function PermissionBody(_: Guide<UserSetUp>) {
  return (
    <p>
      Keyward tries each action that the policy of step 1 allows. Encrypt and Decrypt are enough. For the others, a
      denial is a warning.
    </p>
  );
}

function fieldsOf({ mode, saved, form }: Guide<UserSetUp>) {
  return { mode, setup: saved, form };
}
