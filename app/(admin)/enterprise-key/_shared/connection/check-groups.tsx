'use client';

import { Fold } from '#components/ui/fold.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { checkName, checksOf } from '#lib/byok/checks.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import { type CheckGroup, groupsOf } from './check-groups-of.ts';
import { CheckRow, type OutsidePages } from './check-row.tsx';
import { type CheckRow as Row, summarize } from './test-run.ts';

type GroupsProps = { provider: ProviderId; rows: readonly Row[]; running: boolean; pages: OutsidePages | null };

/** While it runs, the checks as they come. Then what failed, open, with its fix; what did not is folded. */
export function CheckGroups({ provider, rows, running, pages }: GroupsProps) {
  if (rows.length === 0) return <ToCome provider={provider} />;
  const shared = { provider, pages };
  if (running)
    return (
      <Panel>
        <Rows {...shared} rows={rows} />
      </Panel>
    );
  const groups = groupsOf(rows);
  const open = groups.filter(({ id }) => id === 'failed' || id === 'warning');
  const others = groups.filter(({ id }) => id !== 'failed' && id !== 'warning');
  return (
    <>
      {open.map((group) => (
        <Panel key={group.id}>
          <Rows {...shared} rows={group.rows} />
        </Panel>
      ))}
      {others.length === 0 ? null : (
        <Panel>
          {others.map((group) => (
            <FoldedGroup {...shared} group={group} key={group.id} openAtFirst={open.length === 0} />
          ))}
        </Panel>
      )}
    </>
  );
}

type FoldedProps = Omit<GroupsProps, 'rows' | 'running'> & { group: CheckGroup; openAtFirst: boolean };

/** Where nothing is to be fixed, each stands in a line; else they are one line together. */
function FoldedGroup({ group, openAtFirst, ...shared }: FoldedProps) {
  const counted = summarize(group.rows.map(({ result }) => result));
  const names = group.rows.map(({ result }) => checkName(result.id)).join(', ');
  return (
    <Fold
      open={openAtFirst && group.id === 'passed'}
      summary={openAtFirst && group.id === 'passed' ? counted : `${counted}: ${names}`}
    >
      <Rows {...shared} folded rows={group.rows} />
    </Fold>
  );
}

function Rows({ rows, ...shared }: Omit<GroupsProps, 'running'> & { folded?: boolean }) {
  return (
    <ol aria-label="Checks">
      {rows.map((row) => (
        <CheckRow {...shared} key={row.result.id} row={row} />
      ))}
    </ol>
  );
}

function ToCome({ provider }: { provider: ProviderId }) {
  const names = checksOf(provider).map(({ name }) => name);
  return (
    <Panel>
      <Fold summary={`These ${names.length} things are checked`}>
        <p className="text-ink-2">{names.join(', ')}.</p>
      </Fold>
    </Panel>
  );
}
