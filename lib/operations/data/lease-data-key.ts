import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { findApp } from '../../db/app-store.ts';
import { markIssuedOutside } from '../../db/data-key-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { isStale } from '../../key-lifecycle/stale.ts';
import { leaseDataKey as leaseFromKeyring } from '../../keyring/lease.ts';
import { operation } from '../operation.ts';

export type LeasedKey = {
  dataKeyId: string;
  tenantId: string;
  appId: string;
  /** The data key itself: base64 of its 32 bytes. */
  key: string;
  /** Base64 of the check value that commits to it: lib/envelope/check-value.ts. */
  check: string;
  /** From when the request was sent. With 0 it serves the call that waits for it and no other. */
  leaseSeconds: number;
  /** How many the holder may seal: they are counted already. */
  messages: number;
  stale?: true;
};

export const maxLeasedMessages = 2 ** 20;

/**
 * Hands a data key in the clear to one of the vendor's services, for as long as a copy may serve in a process of ours and no
 * longer. It is unwrapped by its wrapping key each time, so the customer's log tells of every lease, and so does the
 * history: until when, before the key leaves.
 */
export const leaseDataKey = operation({
  name: 'lease-data-key',
  permission: 'data-keys.lease',
  limit: 'lease',
  input: z.object({
    appId: z.uuid(),
    dataKeyId: z.uuid().optional(),
    messages: z
      .int('Give a whole number.')
      .min(0, 'Give 0 or more.')
      .max(maxLeasedMessages, `Ask for at most ${maxLeasedMessages} messages.`)
      .default(65_536),
  }),
  async run(context, { appId, dataKeyId, messages }): Promise<LeasedKey> {
    const { tenantId } = context;
    const app = await findApp(tenantId, appId);
    if (!app) throw new Refusal('not-found');
    const leased = await leaseFromKeyring({ tenantId, appId }, { dataKeyId: dataKeyId?.toLowerCase(), messages });
    if (!leased) throw new Refusal('not-found');
    const { row, raw, leftMs, providerRequestIds } = leased;
    try {
      // What the holder seals is beyond our counting: from here on the key is rewrapped, and never deleted as unused.
      if (!(await markIssuedOutside(row.id))) throw new Refusal('conflict');
      const stale = await isStale(tenantId, appId, row, context.now);
      const until = new Date(databaseNow().getTime() + leftMs).toISOString();
      return await context.commit(async () => ({
        data: {
          dataKeyId: row.id,
          tenantId,
          appId: row.appId,
          key: raw.toString('base64'),
          check: row.checkValue.toString('base64'),
          leaseSeconds: Math.floor(leftMs / 1_000),
          messages,
          ...(stale ? { stale } : {}),
        },
        audit: {
          target: row.id,
          after: { app: app.name, appId: row.appId, dataKeyId: row.id, until, messages },
          providerRequestIds,
        },
      }));
    } finally {
      raw.fill(0);
    }
  },
});
