import { Callout } from '#components/ui/callout.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { permissionPolicy } from '#lib/byok/aws/policies.ts';
import { keysBeside } from '#lib/byok/aws/standing-uses.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { Policy } from '../../_shared/aws/set-up-help.tsx';

/** After Keyward has created the key: what was allowed for that moment can be taken away. */
export function CreatedKeyNote({ setup }: { setup: SetupView }) {
  const { creation, configuration, tenant, inUse } = setup;
  if (creation?.state !== 'adopted' || creation.keyRef !== configuration.keyArn) return null;
  const { policyShape: shape, dataKeyPair, keyArn, authMode, roleArn } = configuration;
  const alsoKeyArns = keysBeside(inUse, roleArn, keyArn);
  return (
    <Callout title="Remove the permission for creating the key.">
      <p>
        {creation.requestedBy} had Keyward create{' '}
        <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{keyArn}</span>{' '}
        <RelativeTime at={creation.at} />.{' '}
        {`Replace the permission policy of the ${modeWords[authMode].who} by this one, which names ${alsoKeyArns.length > 0 ? 'only that key and those that data still depends on' : 'that key alone'}:`}
      </p>
      <Policy
        document={permissionPolicy({ keyArn, alsoKeyArns, tenantId: tenant.id, shape, dataKeyPair })}
        name="permission policy"
      />
    </Callout>
  );
}
