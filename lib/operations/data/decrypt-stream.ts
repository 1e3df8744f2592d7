import type { Duplex } from 'node:stream';
import { Refusal } from '../../byok/errors.ts';
import { findApp } from '../../db/app-store.ts';
import { openStream } from '../../envelope/stream.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';
import { type StreamAnswer, streamInput } from './stream-input.ts';

/** Opens a stream of one app (version 2 of the envelope): what comes out is authenticated, and whole only at its end. */
export const decryptStream = operation({
  name: 'decrypt-stream',
  permission: 'items.decrypt',
  input: streamInput,
  async run({ tenantId }, { appId, context }): Promise<StreamAnswer> {
    if (!(await findApp(tenantId, appId))) throw new Refusal('not-found');
    return { stream: (): Duplex => openStream(cachedSource(), { tenantId, appId }, context) };
  },
});
