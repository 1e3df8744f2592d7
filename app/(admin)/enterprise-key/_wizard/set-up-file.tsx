'use client';

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { KitValues } from '#lib/byok/set-up-kit/kit-values.ts';
import { type KitFormat, kitFile, kitFormatNames } from '#lib/byok/set-up-kit/set-up-kit.ts';
import { saveFile } from './save-file.ts';
import { AwsLink } from './set-up-help.tsx';

type Format = Exclude<KitFormat, 'json'>;
type SetUpFileProps = { format: Format; values: KitValues; stackHref: string };

/** The whole set-up as one file: how to use it, the file itself, copy and download. */
export function SetUpFile({ format, values, stackHref }: SetUpFileProps) {
  const { text, fileName, mediaType } = kitFile(format, values);
  const { what, language } = formats[format];
  const id = `set-up-${format}`;
  return (
    <Panel aria-labelledby={id}>
      <PanelHeader
        description="Complete: every value in it is yours, and none is a secret."
        id={id}
        level={3}
        title={`Set up with ${kitFormatNames[format]}`}
      />
      <ol className="mb-3 list-decimal space-y-1 pl-5">
        {instructions[format]({ values, fileName, stackHref }).map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
          <li key={at}>{step}</li>
        ))}
      </ol>
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
    </Panel>
  );
}

const formats = {
  cli: { what: 'AWS CLI script', language: 'shell' },
  cloudformation: { what: 'CloudFormation template', language: 'json' },
  terraform: { what: 'Terraform module', language: 'text' },
} as const;

type Given = { values: KitValues; fileName: string; stackHref: string };

const instructions: Record<Format, (given: Given) => ReactNode[]> = {
  cli: ({ values: { role, cmk }, fileName }) => [
    <>
      Download it and run <Mono>bash {fileName}</Mono> with AWS CLI version 2, signed in to account {role.accountId}
      {cmk && cmk.accountId !== role.accountId ? `, then once more in the key’s account ${cmk.accountId}` : ''}.
    </>,
    cmk
      ? 'It makes the role and replaces the key’s policy; the policy before it is kept in a file.'
      : 'It makes role, key and alias in the order that works. Run again, it makes no second key and mends what was changed.',
    'Paste the two ARNs that it prints at its end in the next step.',
  ],
  cloudformation: ({ values: { cmk }, stackHref }) => [
    <>
      Download it, then <AwsLink href={stackHref}>open Create stack in AWS</AwsLink>, in the right region and with name
      and parameters given, and upload the template there.
    </>,
    cmk
      ? 'It makes the role. CloudFormation cannot change a key that is there already: put the key policy of the JSON tab on it, after the role is made.'
      : 'Confirm that it makes a role with a name of its own. If the stack is deleted later, the key stays.',
    'Paste RoleArn and KeyArn, from the stack’s Outputs, in the next step.',
  ],
  terraform: ({ values: { role, cmk }, fileName }) => [
    <>
      Save <Mono>{fileName}</Mono> in a folder of its own and run <Mono>terraform init</Mono>, then{' '}
      <Mono>terraform apply</Mono>. It refuses every account but {role.accountId}.
    </>,
    ...(cmk && cmk.accountId !== role.accountId
      ? [`It makes the role. Put the key policy of the JSON tab on the key in account ${cmk.accountId} afterwards.`]
      : []),
    cmk
      ? 'A role that is there already has to be imported first.'
      : 'It refuses to destroy the key, since the data under it would be lost.',
    'Paste role_arn and key_arn, from its outputs, in the next step.',
  ],
};

function Mono({ children }: { children: ReactNode }) {
  return <code className="break-all font-mono text-[0.8125rem]">{children}</code>;
}
