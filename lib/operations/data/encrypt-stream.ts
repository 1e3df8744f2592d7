import type { Duplex } from 'node:stream';
import { Refusal } from '../../byok/errors.ts';
import { findApp } from '../../db/app-store.ts';
import { markIssuedOutside } from '../../db/data-key-store.ts';
import type { DataKeySource } from '../../envelope/data-key-source.ts';
import { sealStream } from '../../envelope/stream.ts';
import { cachedSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';
import { type StreamAnswer, streamInput } from './stream-input.ts';

/** Seals a stream of any length of one app: plaintext goes in, header and segments come out (version 2 of the envelope). */
export const encryptStream = operation({
  name: 'encrypt-stream',
  permission: 'items.encrypt',
  input: streamInput,
  async run({ tenantId }, { appId, context }): Promise<StreamAnswer> {
    if (!(await findApp(tenantId, appId))) throw new Refusal('not-found');
    return { stream: (): Duplex => sealStream(issuingSource(), { tenantId, appId }, context) };
  },
});

/**
 * Before anything sealed under it leaves, a data key is known to have envelopes outside. Marking takes time, in which the key may
 * be taken away: whoever asks again then is given it at once, since it is marked.
 */
function issuingSource(): DataKeySource {
  const source = cachedSource();
  return {
    byId: (scope, dataKeyId) => source.byId(scope, dataKeyId),
    async current(scope, messages) {
      const key = await source.current(scope, messages);
      if (source.rows.get(key.id)?.issuedOutside) return key;
      if (!(await markIssuedOutside(key.id))) throw new Refusal('conflict');
      return key;
    },
  };
}
