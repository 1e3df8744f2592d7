'use client';

import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { TokenRow } from '#lib/byok/vendor-views.ts';
import { RevokeToken } from './revoke-token.tsx';

/** Every token there is and was; of each only its beginning. */
export function TokenTable({ tokens }: { tokens: readonly TokenRow[] }) {
  return (
    <Panel aria-labelledby="tokens">
      <PanelHeader id="tokens" title="All tokens" />
      {tokens.length === 0 ? (
        <EmptyState title="There is no token yet.">
          <p>Until there is one, no service can encrypt or decrypt. Create the first one above.</p>
        </EmptyState>
      ) : (
        <Table label="Tokens">
          <Thead>
            <Tr>
              <Th>Name</Th>
              <Th>Tenant</Th>
              <Th>Token</Th>
              <Th>Actions</Th>
              <Th>Status</Th>
              <Th>Created</Th>
              <Th>Last used</Th>
              <Th>
                <span className="sr-only">Revoke</span>
              </Th>
            </Tr>
          </Thead>
          <Tbody>
            {tokens.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </Tbody>
        </Table>
      )}
    </Panel>
  );
}

function TokenLine({ token }: { token: TokenRow }) {
  return (
    <Tr>
      <Th scope="row">{token.name}</Th>
      <Td>{token.tenantName}</Td>
      <Td>
        <code className="font-mono text-[0.78125rem]">{token.hint}</code>
      </Td>
      <Td>{token.actions.join(', ')}</Td>
      <Td>{token.revokedAt ? <Badge tone="idle">Revoked</Badge> : <Badge tone="ok">Valid</Badge>}</Td>
      <Td className="text-ink-2">
        <RelativeTime at={token.createdAt} /> by {token.createdBy}
      </Td>
      <Td className="text-ink-2">{token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : 'Never'}</Td>
      <Td>
        {token.revokedAt ? (
          <span className="text-ink-2">
            <RelativeTime at={token.revokedAt} />
          </span>
        ) : (
          <RevokeToken token={token} />
        )}
      </Td>
    </Tr>
  );
}
