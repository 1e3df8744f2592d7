'use client';

import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { CreationView } from '#lib/byok/creation-views.ts';
import { anyService, serviceName } from '#lib/byok/providers.ts';
import { ConsequenceSheet } from '../../../_shared/command/consequence-sheet.tsx';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { pageOf } from '../../../_shared/table/paging.ts';
import { TablePager } from '../../../_shared/table/table-pager.tsx';
import { useTableParams } from '../../../_shared/table/use-table-params.ts';
import { whyNotMine } from '../_shared/change.ts';
import { OutsideLink } from '../_shared/outside-link.tsx';
import { dismissCreationAction } from './actions.ts';

/** Keys in the customer's account that Keyward had created and that nothing uses, or of which it is not known whether there is one. */
export function OrphanedKeys({ creations, role }: { creations: CreationView[]; role: Role }) {
  const { page, setPage } = useTableParams('left-over');
  const shown = pageOf(
    creations.filter(({ state }) => state !== 'adopted'),
    page,
  );
  if (shown.total === 0) return null;
  return (
    <Panel aria-labelledby="left-over">
      <PanelHeader
        description={`Keyward never deletes a key. An unused key costs you money until you delete it in ${anyService}.`}
        id="left-over"
        title="Keys that Keyward created and that nothing uses"
      />
      <ul aria-labelledby="left-over" className="m-0 list-none space-y-4 p-0">
        {shown.rows.map((creation) => (
          <li className="min-w-0" key={creation.id}>
            <OrphanedKey creation={creation} role={role} />
          </li>
        ))}
      </ul>
      <TablePager label="orphaned keys" onPage={setPage} page={shown} />
    </Panel>
  );
}

function OrphanedKey({ creation, role }: { creation: CreationView; role: Role }) {
  const { keyRef, state, detail, keyAlias, requestedBy, at, provider, location } = creation;
  const service = serviceName(provider);
  const looking = state === 'looking';
  return (
    <>
      <p className="font-medium [overflow-wrap:anywhere]">
        {keyRef ? (
          <span className="font-mono text-[0.8125rem]">{keyRef}</span>
        ) : (
          `A key in ${location}, if there is one`
        )}
      </p>
      <p className="mt-0.5 mb-2 max-w-[75ch] text-ink-2">
        {looking ? `Keyward does not know yet whether ${service} created it, and looks for it by its tag.` : detail}{' '}
        Requested by {requestedBy} <RelativeTime at={at} />
        {keyAlias ? ` for ${keyAlias}` : ''}.
      </p>
      <CodeBlock
        actions={
          <OutsideLink href={creation.consoleUrl}>{`Open ${keyRef ? 'this key' : 'keys'} in ${service}`}</OutsideLink>
        }
        code={creation.command}
        copyLabel={keyRef ? 'deletion command' : 'search command'}
        language="text"
      />
      {looking ? null : (
        <div className="mt-2">
          <Dismiss creation={creation} role={role} />
        </div>
      )}
    </>
  );
}

function Dismiss({ creation, role }: { creation: CreationView; role: Role }) {
  const router = useRouter();
  const command = useCommand(dismissCreationAction);
  const service = serviceName(creation.provider);
  const verb = 'Remove from this list';

  async function dismiss(): Promise<boolean> {
    const done = await command.run({ creationId: creation.id });
    if (done.ok) router.refresh();
    return done.ok;
  }

  return (
    <ConsequenceSheet
      consequences={{
        points: [
          `Do this once the key is deleted in ${service}, or scheduled for deletion.`,
          `Keyward no longer lists it. Nothing changes in ${service}.`,
        ],
        details: [{ label: 'Is it checked?', text: `Yes, if Keyward can still ask ${service} about it.` }],
      }}
      done="The key was removed from the list."
      onConfirm={dismiss}
      onOpen={command.clear}
      onReload={() => router.refresh()}
      pending={command.pending}
      title="Is this key gone?"
      tone="primary"
      trigger={
        <Button disabledReason={whyNotMine(role, 'this list')} size="small">
          {verb}
        </Button>
      }
      actionError={command.actionError}
      verb={verb}
    />
  );
}
