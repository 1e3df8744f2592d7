import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/page-header.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listTokens } from '#lib/operations/tokens/list-tokens.ts';
import { Refused } from '../../_shared/refusal/refused.tsx';
import { currentMe } from '../../_shell/current-me.ts';
import { WrongRole } from '../../_shell/wrong-role.tsx';
import { CreateToken } from './_tokens/create-token.tsx';
import { FindTenant } from './_tokens/find-tenant.tsx';
import { TokenTable } from './_tokens/token-table.tsx';
import { readTokensState, tokensAddress } from './_tokens/tokens-address.ts';

export const metadata: Metadata = { title: 'Tokens' };

type TokensPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TokensPage({ searchParams }: TokensPageProps) {
  const state = readTokensState(await searchParams);
  const { search, before, tenant } = state;
  const caller = await currentCaller();
  const [me, list] = await Promise.all([
    currentMe(),
    listTokens(caller, { search, tenant, ...(before ? { before } : {}) }),
  ]);
  if (!list.ok) {
    // The layout lets support in too, for the tenants.
    if (list.error.code === 'forbidden' && me.ok) return <WrongRole me={me.data} />;
    return <Refused error={list.error} path={tokensAddress(state)} title="Tokens" />;
  }
  const { tokens, next, tenants, moreTenants } = list.data;
  return (
    <>
      <PageHeader
        subtitle="With a token, one of your services encrypts and decrypts the data of one tenant. Only its hash is stored."
        title="Tokens"
      />
      <CreateToken
        findTenant={moreTenants || tenant ? <FindTenant more={moreTenants} state={state} /> : null}
        tenants={tenants}
      />
      <TokenTable next={next} state={state} tokens={tokens} />
    </>
  );
}
