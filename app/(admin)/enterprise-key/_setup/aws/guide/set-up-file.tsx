'use client';

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { type ArtefactValues, stackName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import {
  type ArtefactFile,
  type ArtefactFormat,
  artefactFiles,
  artefactFormatNames,
} from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import { OutsideLink } from '../../../_shared/outside-link.tsx';
import { saveFile } from '../../../_shared/save-file.ts';

type Format = Exclude<ArtefactFormat, 'json'>;
type SetUpFileProps = { format: Format; values: ArtefactValues; stackHref: string };

/** The whole set-up as files: how to use them, what stands in them, copy and download. */
export function SetUpFile({ format, values, stackHref }: SetUpFileProps) {
  const { program, parameters } = artefactFiles(format, values);
  const { what, chosen, language } = formats[format];
  const id = `set-up-${format}`;
  return (
    <Panel aria-labelledby={id}>
      <PanelHeader
        description="Complete: every value is yours, and none is a secret. You can run it again after changing your choices: nothing is deleted."
        id={id}
        level={3}
        title={`Set up with ${artefactFormatNames[format]}`}
      />
      <ol className="mb-3 list-decimal space-y-1 pl-5">
        {instructions[format]({ values, stackHref, program, parameters }).map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
          <li key={at}>{step}</li>
        ))}
      </ol>
      {parameters ? (
        <>
          <FileBlock file={parameters} language="json" what={chosen} />
          <div className="h-3" />
        </>
      ) : null}
      <FileBlock file={program} language={language} what={what} />
    </Panel>
  );
}

function FileBlock({
  file,
  what,
  language,
}: {
  file: ArtefactFile;
  what: string;
  language: 'shell' | 'json' | 'text';
}) {
  const { text, fileName, mediaType } = file;
  return (
    <CodeBlock
      actions={
        <Button aria-label={`Download ${what}`} onClick={() => saveFile(fileName, text, mediaType)} size="small">
          <Download aria-hidden="true" className="size-4" />
          Download
        </Button>
      }
      code={text.trimEnd()}
      copyLabel={what}
      language={language}
    />
  );
}

const formats = {
  cli: { what: 'AWS CLI script', chosen: '', language: 'shell' },
  // Long, and nothing in it is one's own: not worth colouring.
  cloudformation: { what: 'CloudFormation template', chosen: 'CloudFormation parameters', language: 'text' },
  terraform: { what: 'Terraform module', chosen: 'Terraform parameters', language: 'text' },
} as const;

type Given = { values: ArtefactValues; stackHref: string; program: ArtefactFile; parameters: ArtefactFile | null };

const instructions: Record<Format, (given: Given) => ReactNode[]> = {
  cli: ({ values: { role, cmk }, program: { fileName } }) => [
    <>
      Download it and run <Mono>bash {fileName}</Mono> with AWS CLI version 2, signed in to account {role.accountId}
      {cmk && cmk.accountId !== role.accountId ? `, then once more in the key’s account ${cmk.accountId}` : ''}.
    </>,
    cmk
      ? 'It creates the role or uses the existing one, and replaces the policy of the key.'
      : 'It creates role, key and alias in the right order. If you run it again, it fixes changes and creates no second key.',
    'Before it replaces a policy, it says so and saves the old one in a file.',
    'Paste the two ARNs that it prints at the end in the next step.',
  ],
  cloudformation: ({ values, stackHref, program, parameters }) => [
    <>
      Download both files. Then <OutsideLink href={stackHref}>open Create stack in AWS</OutsideLink> and upload the
      template there: region, name and parameters are already filled in. Or run{' '}
      <Mono>
        aws cloudformation deploy --region {values.region} --stack-name {stackName(values)} --template-file{' '}
        {program.fileName} --parameter-overrides file://{parameters?.fileName} --capabilities CAPABILITY_NAMED_IAM
      </Mono>
    </>,
    values.cmk
      ? 'It creates the role. CloudFormation cannot change a key that it did not create. Add the key policy of the JSON tab to the key afterwards. A stack that created the key keeps it. Don’t change its parameter MakeKey.'
      : 'Confirm that it may create a role with a custom name. The key and its alias stay, even if the stack is deleted or drops the key.',
    'Paste RoleArn and KeyArn, from the stack’s Outputs, in the next step.',
  ],
  terraform: ({ values: { role, cmk }, program, parameters }) => [
    <>
      Save <Mono>{program.fileName}</Mono> and <Mono>{parameters?.fileName}</Mono> in their own folder, replacing older
      ones. Run <Mono>terraform init</Mono>, then <Mono>terraform plan -out=keyward.tfplan</Mono> and{' '}
      <Mono>terraform apply keyward.tfplan</Mono>. It needs Terraform 1.7 and refuses every account except{' '}
      {role.accountId}.
    </>,
    <>
      The plan shows every line of a policy that it will replace. Keep it: <Mono>terraform show keyward.tfplan</Mono>{' '}
      shows the old text later.
    </>,
    ...(cmk && cmk.accountId !== role.accountId
      ? [`It creates the role. Afterwards, add the key policy of the JSON tab to the key in account ${cmk.accountId}.`]
      : []),
    'It never destroys a key, its alias or its policy, whatever you choose later. It uses an existing role of the same name.',
    'Paste role_arn and key_arn, from its outputs, in the next step.',
  ],
};

function Mono({ children }: { children: ReactNode }) {
  return <code className="break-all font-mono text-[0.8125rem]">{children}</code>;
}
