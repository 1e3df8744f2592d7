'use client';

import { useState } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { setUpScreensOf } from '../_providers/set-up-screens.ts';
import { type ConfigurationType, ConfigurationTypeField } from '../_shared/configuration-type.tsx';

/** Step 1 begins with whether there is to be a key at all; with None there is nothing to set up, and a way out of it. */
export function ConfigurationTypeStep({ setup }: { setup: SetupView }) {
  const [type, setType] = useState<ConfigurationType>(setup.configuration.provider);
  // The other choice may be none at all: the one before stays below it.
  const [provider, setProvider] = useState(setup.configuration.provider);
  const { Provider } = setUpScreensOf({ provider });

  function choose(chosen: ConfigurationType): void {
    setType(chosen);
    if (chosen !== 'none') setProvider(chosen);
  }

  return (
    <>
      <Panel>
        <ConfigurationTypeField
          hint="None: the vendor’s platform key protects your data."
          onChange={choose}
          value={type}
        />
      </Panel>
      {type === 'none' ? <WithNone setup={setup} /> : null}
      {/* Kept while it is not shown: what was filled in is not lost by looking at the other choice. */}
      <div hidden={type === 'none'}>
        <Provider setup={setup} />
      </div>
    </>
  );
}

function WithNone({ setup }: { setup: SetupView }) {
  switch (setup.editing) {
    case 'draft':
      return (
        <Callout title="None is how it is now.">
          <p>
            This draft never encrypted anything. To stay with None, delete the draft below. To set up a key, choose its
            type above.
          </p>
        </Callout>
      );
    case 'working-copy':
      return (
        <Callout title="This key is scheduled: None means to revert it.">
          <p>
            Discard the changes above to keep what is scheduled as it is. To return to None, use Revert to None on the
            key’s page. It shows what happens and asks first.
          </p>
          <KeyPage keyId={setup.key.id} />
        </Callout>
      );
    case 'scheduled':
      return (
        <Callout title="This key is scheduled: None means to revert it.">
          <p>To return to None, use Revert to None on the key’s page. It shows what happens and asks first.</p>
          <KeyPage keyId={setup.key.id} />
        </Callout>
      );
  }
}

function KeyPage({ keyId }: { keyId: string }) {
  return <LinkButton href={`/enterprise-key/${keyId}`}>Open the key’s page</LinkButton>;
}
