import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/page-header.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listTokens } from '#lib/operations/list-tokens.ts';
import { currentMe } from '../../_shell/current-me.ts';
import { WrongRole } from '../../_shell/wrong-role.tsx';
import { Refused } from '../../(admin)/enterprise-key/_manage/refused.tsx';
import { CreateToken } from './create-token.tsx';
import { TokenTable } from './token-table.tsx';

export const metadata: Metadata = { title: 'Tokens' };

export default async function TokensPage() {
  const [me, list] = await Promise.all([currentMe(), listTokens(await currentCaller(), {})]);
  if (!list.ok) {
    // The layout lets support in too, for the tenants.
    if (list.error.code === 'forbidden' && me.ok) return <WrongRole me={me.data} />;
    return <Refused error={list.error} path="/tokens" title="Tokens" />;
  }
  return (
    <>
      <PageHeader
        subtitle="With a token, a service of yours encrypts and decrypts the data of one tenant. Only its hash is stored."
        title="Tokens"
      />
      <CreateToken tenants={list.data.tenants} />
      <TokenTable tokens={list.data.tokens} />
    </>
  );
}
