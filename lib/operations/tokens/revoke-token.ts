import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { revokeTokenRow } from '../../db/token-store.ts';
import { operation } from '../operation.ts';

/** From the next request on the token is nobody's. */
export const revokeToken = operation({
  name: 'revoke-token',
  permission: 'tokens.manage',
  input: z.object({ tokenId: z.uuid() }),
  async run(context, { tokenId }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      const revoked = await revokeTokenRow(tx, tokenId, context.who);
      if (!revoked) throw new Refusal('not-found');
      return { data: {}, audit: { tenantId: revoked.tenantId, target: tokenId, before: { name: revoked.name } } };
    });
  },
});
