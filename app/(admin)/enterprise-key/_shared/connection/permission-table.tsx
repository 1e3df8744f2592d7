import { Badge, type Tone } from '#components/ui/badge.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { Permission } from '#lib/byok/permissions.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import { wordingOf } from '#lib/byok/wording.ts';

type PermissionTableProps = {
  permissions: readonly Permission[];
  provider: ProviderId;
  /** The key's own name at its provider; without it nothing is offered to add. */
  keyRef: string | null;
};

/** Action by action what was permitted when it was tested, and how to let us see what it did not. */
export function PermissionTable({ permissions, provider, keyRef }: PermissionTableProps) {
  const unseen = permissions.some(({ outcome }) => outcome === 'not-permitted-to-see');
  const more = unseen && keyRef ? wordingOf({ provider }).letUsSee?.(keyRef) : undefined;
  return (
    <>
      <Table label="Permissions, action by action">
        <Thead>
          <Tr>
            <Th>Action</Th>
            <Th>Permission</Th>
            <Th>What for</Th>
          </Tr>
        </Thead>
        <Tbody>
          {permissions.map(({ action, use, needed, outcome }) => (
            <Tr key={action}>
              <Th scope="row">
                <code className="font-mono text-[0.78125rem]">{action}</code>
              </Th>
              <Td>
                <Badge tone={outcome === 'denied' && !needed ? 'warn' : tones[outcome]}>{outcomeWords[outcome]}</Badge>
              </Td>
              <Td className="min-w-44 text-ink-2">
                {use}
                {needed ? null : outcome === 'denied' ? ' (the test passed without it)' : ' (optional)'}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {more ? <LetUsSee {...more} /> : null}
    </>
  );
}

function LetUsSee({ words, code }: { words: string; code: string }) {
  return (
    <details className="mt-2">
      <summary>Show more details (optional permissions)</summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2">
        <p className="text-ink-2">{words}</p>
        <CodeBlock code={code} copyLabel="statements for labels" language="json" />
      </div>
    </details>
  );
}

const outcomeWords = {
  permitted: 'Permitted',
  denied: 'Denied',
  unclear: 'Not clear',
  'not-permitted-to-see': 'No permission',
  'not-tried': 'Not tried',
} as const satisfies Record<Permission['outcome'], string>;

const tones = {
  permitted: 'ok',
  denied: 'bad',
  unclear: 'warn',
  'not-permitted-to-see': 'idle',
  'not-tried': 'idle',
} as const satisfies Record<Permission['outcome'], Tone>;
