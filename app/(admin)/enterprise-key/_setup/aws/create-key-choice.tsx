'use client';

import { Checkbox } from '#components/form/checkbox.tsx';
import { creationPolicy } from '#lib/byok/aws/created-key.ts';
import { isKnownRegion, partitionOf } from '#lib/byok/aws/regions.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { Policy } from '../../_shared/aws/set-up-help.tsx';

type ChoiceProps = {
  setup: SetupView;
  /** The field that would name the key. */
  field: string;
  /** Something stands in that field. */
  named: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** Leaves the key to Keyward: it is created in the customer's account, once everything else has passed its test. */
export function CreateKeyChoice({ setup, field, named, checked, onChange }: ChoiceProps) {
  const { region } = setup.configuration;
  return (
    <div className="min-w-0">
      <Checkbox
        checked={checked}
        hint={`Leave ${field} blank. Keyward creates it in ${region || 'your region'} once everything else has passed its test. Only you can delete it.`}
        label="Create a key for me in this region"
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {checked && named ? (
        <p
          className="mt-2 text-ink-2"
          role="status"
        >{`${field} names a key. Keyward uses that key and creates none.`}</p>
      ) : null}
      {checked && !named ? <NeededNow setup={setup} /> : null}
    </div>
  );
}

function NeededNow({ setup }: { setup: SetupView }) {
  const { region, authMode } = setup.configuration;
  if (!isKnownRegion(region)) return null;
  const document = creationPolicy({
    partition: partitionOf(region),
    region,
    accountId: modeWords[authMode].knownAccount(setup.configuration),
    tenantId: setup.tenant.id,
  });
  return (
    <div className="mt-3 min-w-0 border-line border-l-[3px] pl-3">
      <p className="font-medium">{`For this moment the ${modeWords[authMode].who} needs these statements, too`}</p>
      <p className="mb-2 text-[0.8125rem] text-ink-2">
        They let Keyward create and tag a key, and find it by its tag. They allow no use of any key. Keyward reminds you
        to remove them once the key exists.
      </p>
      <Policy document={document} name="creation policy" />
    </div>
  );
}
