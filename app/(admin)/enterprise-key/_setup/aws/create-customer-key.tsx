'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { awsAliasProblem } from '#lib/byok/aws/created-key.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { ConsequenceSheet } from '../../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../../_shared/command/use-command.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { createCustomerKeyAction } from '../actions.ts';
import { creationConsequences, likelyAwsAlias, whyNotCreate } from './create-customer-key-words.ts';

type CreateProps = {
  setup: SetupView;
  /** A test is running: what it says may decide. */
  testing: boolean;
  /** The key is there: its revision, and that the ordinary test is due. */
  onCreated: (revision: number) => void;
};

/** Create Key in AWS: for a configuration that waits for its key, once everything else has passed. */
export function CreateCustomerKey({ setup, testing, onCreated }: CreateProps) {
  const router = useRouter();
  const command = useCommand(createCustomerKeyAction);
  const [aliasName, setAliasName] = useState(likelyAwsAlias(setup.key.alias));
  const [told, setTold] = useState<string | null>(null);
  const problem = awsAliasProblem(aliasName.trim());

  async function create(): Promise<boolean> {
    const { id: keyId, revision } = setup.key;
    const done = await command.run({ keyId, revision, aliasName: aliasName.trim() });
    if (!done.ok) return false;
    const { adopted, aliasProblem, keyRef } = done.data;
    const left = `The configuration was changed meanwhile. AWS created ${keyRef}, which nothing uses. It is listed with your keys for deletion.`;
    setTold(adopted ? aliasProblem : left);
    if (done.data.revision !== null) onCreated(done.data.revision);
    else router.refresh();
    return true;
  }

  const waits = setup.configuration.createsKey && setup.configuration.keyArn === '';
  return (
    <>
      {told ? <Callout role="status" title={told} tone="warn" /> : null}
      {waits ? (
        <Panel aria-labelledby="create-key">
          <PanelHeader
            description={`${modeWords[setup.configuration.authMode].keyField} was left blank. Keyward creates the key in your account, with your own administrators in its policy.`}
            id="create-key"
            level={3}
            title="Create the key"
          />
          {setup.creation?.state === 'looking' ? <Looking creation={setup.creation} /> : null}
          <div className="mb-3 max-w-md">
            <TextField
              autoComplete="off"
              error={problem}
              hint="Helps you find the key in your AWS console. Leave it blank for none."
              id="aliasName"
              label="Alias in AWS"
              mono
              onChange={(event) => setAliasName(event.currentTarget.value)}
              // Enter would go on to the next step.
              onKeyDown={(event) => (event.key === 'Enter' ? event.preventDefault() : undefined)}
              optional
              spellCheck={false}
              value={aliasName}
            />
          </div>
          <ConsequenceSheet
            consequences={creationConsequences(setup)}
            onConfirm={create}
            onOpen={command.clear}
            onReload={() => router.refresh()}
            pending={command.pending}
            title="Create a key in your AWS account?"
            tone="primary"
            trigger={
              <Button
                disabledReason={problem ? 'Correct Alias in AWS first.' : whyNotCreate(setup, testing)}
                variant="primary"
              >
                Create Key in AWS
              </Button>
            }
            actionError={command.actionError}
            verb="Create Key in AWS"
          />
        </Panel>
      ) : null}
    </>
  );
}

function Looking({ creation }: { creation: NonNullable<SetupView['creation']> }) {
  return (
    <Callout title="Keyward does not know yet whether AWS created a key." tone="warn">
      <p>
        {creation.requestedBy} asked for one <RelativeTime at={creation.at} />, and no answer came. No action needed:
        Keyward looks for the key by its tag and uses it when found.
      </p>
    </Callout>
  );
}
