'use client';

import Form from 'next/form';
import { TextField } from '#components/form/text-field.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { TokenRow } from '#lib/byok/vendor-views.ts';
import { RevokeToken } from './revoke-token.tsx';
import { type TokensState, tokensAddress } from './tokens-address.ts';

type TokenTableProps = {
  tokens: readonly TokenRow[];
  state: TokensState;
  /** The last token of this page, where there are older ones. */
  next: string | null;
};

/** A page of the tokens there are and were, the newest first; of each only its beginning. */
export function TokenTable({ tokens, state, next }: TokenTableProps) {
  return (
    <Panel aria-labelledby="tokens">
      <PanelHeader id="tokens" title="All tokens" />
      {tokens.length > 0 || state.search || state.before ? <TokenSearch state={state} /> : null}
      {tokens.length === 0 ? (
        <NoTokens state={state} />
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
      <Pages next={next} state={state} />
    </Panel>
  );
}

function TokenSearch({ state }: { state: TokensState }) {
  return (
    <Form action="/tokens" className="mb-4 flex flex-wrap items-end gap-3" role="search">
      {state.tenant ? <input name="tenant" type="hidden" value={state.tenant} /> : null}
      <TextField
        className="flex-1 basis-56 sm:max-w-80"
        defaultValue={state.search}
        hint="The start of the token’s name, its tenant’s name, or the token itself."
        id="token-search"
        key={state.search}
        label="Search"
        name="q"
        type="search"
      />
      <Button type="submit">Search</Button>
      {state.search ? (
        <LinkButton href={tokensAddress({ ...state, search: '', before: null })} variant="ghost">
          Show all
        </LinkButton>
      ) : null}
    </Form>
  );
}

function NoTokens({ state }: { state: TokensState }) {
  if (state.search) return <EmptyState title={`No token matches “${state.search}”.`} />;
  if (state.before) return <EmptyState title="There are no older tokens." />;
  return (
    <EmptyState title="There is no token yet.">
      <p>Until there is one, no service can encrypt or decrypt. Create the first one above.</p>
    </EmptyState>
  );
}

function Pages({ state, next }: { state: TokensState; next: string | null }) {
  if (!state.before && !next) return null;
  return (
    <nav aria-label="Pages of the tokens" className="mt-3 flex flex-wrap gap-2.5">
      {state.before ? (
        <LinkButton href={tokensAddress({ ...state, before: null })} size="small">
          Newest tokens
        </LinkButton>
      ) : null}
      {next ? (
        <LinkButton href={tokensAddress({ ...state, before: next })} size="small">
          Older tokens
        </LinkButton>
      ) : null}
    </nav>
  );
}

function Status({ token }: { token: TokenRow }) {
  if (token.revokedAt) return <Badge tone="idle">Revoked</Badge>;
  if (token.isEnded) return <Badge tone="idle">Ended</Badge>;
  return <Badge tone="ok">Valid</Badge>;
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
      <Td>
        <Status token={token} />
        {token.endsAt && !token.revokedAt ? (
          <span className="mt-1 block text-ink-2 text-xs">
            {token.isEnded ? 'ended ' : 'ends '}
            <RelativeTime at={token.endsAt} />
          </span>
        ) : null}
      </Td>
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
