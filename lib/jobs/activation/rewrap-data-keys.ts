import 'server-only';
import { updateActivation } from '../../db/activation-store.ts';
import { listDataKeysToRewrap, rewrapDataKey } from '../../db/data-key-store.ts';
import { unwrap, wrapAgain } from '../../keyring/data-keys.ts';
import { refused } from '../../keyring/keyring.ts';
import { providerFor } from '../../keyring/providers.ts';
import { type ActivationTask, inParallel } from './task.ts';

const batch = 100;
const width = 8;

/** Older data keys of the chosen apps move to the CMK; the data under them is not touched. */
export async function rewrapDataKeys(task: ActivationTask): Promise<void> {
  const to = await providerFor(task.versionId);
  for (;;) {
    const rows = await listDataKeysToRewrap(task.configurationId, task.versionId, batch);
    if (rows.length === 0) break;
    await inParallel(rows, width, task.signal, async (row) => {
      const from = await providerFor(row.keyVersionId);
      const { plaintext } = await unwrap(row, from).catch((error: unknown) => refused(row.keyVersionId, error));
      try {
        const moved = await wrapAgain(row, plaintext, to).catch((error: unknown) => refused(task.versionId, error));
        await rewrapDataKey(row, { ...moved, keyVersionId: task.versionId });
      } finally {
        plaintext.fill(0);
      }
    });
  }
  await updateActivation(task.activationId, { phase: 'reencrypting' });
}
