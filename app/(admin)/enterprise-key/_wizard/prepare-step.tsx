'use client';

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { type KitValues, kitFileName } from '#lib/byok/set-up-kit/kit-values.ts';
import type { SetupView } from '#lib/byok/views.ts';
import { handOver } from './hand-over.ts';
import { OutgoingIps } from './outgoing-ips.tsx';
import { PolicyChoices } from './policy-choices.tsx';
import { saveFile } from './save-file.ts';
import { isUnreachable, ServiceRoleNote, serviceRoleHint } from './service-role-note.tsx';
import { describeSetUp, type SetUp } from './set-up.ts';
import { SetUpDoctor } from './set-up-doctor.tsx';
import { SetUpFile } from './set-up-file.tsx';
import { Policy } from './set-up-help.tsx';
import { SetUpTabs } from './set-up-tabs.tsx';
import { doctorValuesOf, kitValuesOf, stackUrl } from './set-up-values.ts';
import { StepFrame } from './step-frame.tsx';
import { stepHref } from './steps.ts';
import { usePrepareStep } from './use-prepare-step.ts';

/** Step 2: what somebody does in AWS who has nothing there yet, in an order that works. */
export function PrepareStep({ setup }: { setup: SetupView }) {
  const { choices, shown, step } = usePrepareStep(setup);
  const setUp = describeSetUp(shown);
  return (
    <StepFrame {...step}>
      {isUnreachable(setup) ? (
        <ServiceRoleNote region={setup.configuration.region} setup={setup} />
      ) : setUp ? (
        <>
          <PolicyChoices choices={choices} setup={setup} />
          <Instructions setUp={setUp} setup={shown} />
          <OutgoingIps outgoingIps={setup.outgoingIps} />
        </>
      ) : (
        <NotYet keyId={setup.key.id} />
      )}
    </StepFrame>
  );
}

function Instructions({ setUp, setup }: { setUp: SetUp; setup: SetupView }) {
  const values = kitValuesOf(setup, setUp);
  const byHand = <ByHand setUp={setUp} setup={setup} values={values} />;
  if (!values) return byHand;
  const doctorValues = doctorValuesOf(setup, setUp);
  const file = { values, stackHref: stackUrl(setup, values) };
  const forAdministrator = kitFileName(values, 'aws-set-up.md');
  return (
    <>
      <Callout title="Not you who administers AWS?">
        <p>Hand all of this over as one file. It has every value in it and needs no account here.</p>
        <p>
          <Button
            onClick={() => saveFile(forAdministrator, handOver(setup, setUp, values), 'text/markdown')}
            variant="primary"
          >
            <Download aria-hidden="true" className="size-4" />
            Download for your AWS administrator
          </Button>
        </p>
      </Callout>
      <SetUpTabs
        panels={{
          json: byHand,
          cli: <SetUpFile format="cli" {...file} />,
          cloudformation: <SetUpFile format="cloudformation" {...file} />,
          terraform: <SetUpFile format="terraform" {...file} />,
        }}
      />
      {doctorValues ? <SetUpDoctor values={doctorValues} /> : null}
    </>
  );
}

type PartProps = { setUp: SetUp; setup: SetupView; nameFile: (ending: string) => string | undefined };

function ByHand({ values, ...given }: Omit<PartProps, 'nameFile'> & { values: KitValues | null }) {
  const nameFile = (ending: string) => (values ? kitFileName(values, ending) : undefined);
  return (
    <>
      <RolePart {...given} nameFile={nameFile} />
      <KeyPart {...given} nameFile={nameFile} />
      <PermissionPart {...given} nameFile={nameFile} />
    </>
  );
}

function RolePart({ setUp, setup, nameFile }: PartProps) {
  return (
    <Part letter="A" title="Create the role, with its trust policy">
      <p>
        In account <Value>{setUp.accountId}</Value>, create an IAM role named <Value>{setUp.roleName}</Value> with the
        trusted entity type “Custom trust policy”, and paste this. It lets our service assume the role, and only when it
        presents your external ID.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <CopyField hint={serviceRoleHint(setup, setUp.region)} label="Service Role ARN" value={setup.serviceRoleArn} />
        <CopyField label="External ID in the policy" value={setup.externalId} />
      </div>
      <Policy
        document={setUp.policies.trust}
        fileName={nameFile('trust-policy.json')}
        link={{ href: setUp.links.createRole, words: 'Create the role in AWS' }}
        name="trust policy"
      />
      <Tip>
        Create the role before the key: AWS refuses a key policy that names a role which does not exist. A role that is
        deleted and made again is another role to AWS, even under the same name; the key policy then has to be saved
        anew.
      </Tip>
    </Part>
  );
}

function KeyPart({ setUp, nameFile }: PartProps) {
  return (
    <Part letter="B" title="Create the key, with its key policy">
      <p>
        In <Value>{setUp.region}</Value>, create a customer managed key: type <Value>Symmetric</Value>, usage{' '}
        <Value>Encrypt and decrypt</Value>. At “Edit key policy”, replace what is there by this. The first statement is
        AWS’s own and leaves your administrators in charge of the key.
      </p>
      <Policy
        document={setUp.policies.key}
        fileName={nameFile('key-policy.json')}
        link={
          setUp.links.key
            ? { href: setUp.links.key, words: 'Open this key in AWS' }
            : { href: setUp.links.createKey, words: 'Create the key in AWS' }
        }
        name="key policy"
      />
      <Tip>
        Turn on automatic key rotation if your rules ask for it; nothing has to be changed here when AWS rotates. Keep
        the key’s ARN at hand for the next step.
      </Tip>
    </Part>
  );
}

function PermissionPart({ setUp, setup, nameFile }: PartProps) {
  return (
    <Part letter="C" title="Give the role its permission policy">
      {setUp.policies.permission ? (
        <>
          <p>
            Add this to the role <Value>{setUp.roleName}</Value> as an inline policy. It allows the role to use this one
            key, and for your organisation’s data only.
          </p>
          <Policy
            document={setUp.policies.permission}
            fileName={nameFile('permission-policy.json')}
            link={{ href: setUp.links.role, words: 'Open this role in AWS' }}
            name="permission policy"
          />
        </>
      ) : (
        <p>
          This policy names the key, so it is complete once the key’s ARN is known. Paste the ARN in the next step,{' '}
          {setup.configuration.keyArn ? 'as a key ARN rather than an alias ARN' : 'Connect'}: the policy then stands
          beside the form, and here.
        </p>
      )}
      <Tip>AWS may take a few seconds until a policy that was just saved is in effect. The test waits for it.</Tip>
    </Part>
  );
}

function NotYet({ keyId }: { keyId: string }) {
  return (
    <Callout title="First say which account and region the key is to be in." tone="warn">
      <p>The policies shown here have your own values in them, so those are needed first.</p>
      <LinkButton href={stepHref(keyId, 'provider')}>Go to Provider</LinkButton>
    </Callout>
  );
}

function Part({ letter, title, children }: { letter: string; title: string; children: ReactNode }) {
  const id = `part-${letter.toLowerCase()}`;
  return (
    <Panel aria-labelledby={id}>
      <PanelHeader id={id} level={3} title={`${letter}. ${title}`} />
      <div className="grid gap-3">{children}</div>
    </Panel>
  );
}

function Tip({ children }: { children: ReactNode }) {
  return <p className="text-ink-2">{children}</p>;
}

function Value({ children }: { children: ReactNode }) {
  return <strong className="break-all font-medium">{children}</strong>;
}
