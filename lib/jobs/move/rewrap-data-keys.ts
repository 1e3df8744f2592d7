import 'server-only';
import { updateMove } from '../../db/move-store.ts';
import { type DataKeyRow, listDataKeysToRewrap, rewrapDataKey } from '../../db/data-key-store.ts';
import { unwrap, wrapAgain } from '../../keyring/data-keys.ts';
import { refused } from '../../keyring/keyring.ts';
import { providerFor } from '../../keyring/providers.ts';
import { type MoveTask, inParallel, watchProgress } from './task.ts';

const batch = 100;
const width = 8;

/** Older data keys of a move's apps go under what their app belongs to; the data under them is not touched. */
export async function rewrapDataKeys(task: MoveTask): Promise<void> {
  const progress = watchProgress('The data keys were changed by somebody else each time they were to be rewrapped.');
  for (;;) {
    const rows = await listDataKeysToRewrap(task.moveId, batch);
    if (rows.length === 0) break;
    let moved = 0;
    await inParallel(rows, width, task.signal, async (row) => {
      if (await rewrap(row, task)) moved++;
    });
    progress(moved);
  }
  await updateMove(task.moveId, { phase: 'reencrypting' });
}

/** @returns false where somebody else was first */
async function rewrap(row: DataKeyRow, { signal }: MoveTask): Promise<boolean> {
  const versionId = row.appVersionId;
  const from = await providerFor(row.keyVersionId);
  const { plaintext } = await unwrap(row, from, signal).catch((error: unknown) => refused(row.keyVersionId, error));
  try {
    const to = await providerFor(versionId);
    const moved = await wrapAgain(row, plaintext, to, signal).catch((error: unknown) => refused(versionId, error));
    return await rewrapDataKey(row, { ...moved, keyVersionId: versionId });
  } finally {
    plaintext.fill(0);
  }
}
