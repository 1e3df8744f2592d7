import 'server-only';
import { rulesOf } from '../../byok/connection.ts';
import type { CreationView } from '../../byok/creation-views.ts';
import { storedMessage } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { isProvider } from '../../byok/providers.ts';
import { consoleUrlOf } from '../../config/config.ts';
import { type CreationWithAlias, findCreationFor } from '../../db/creation-store.ts';

export function toCreation(row: CreationWithAlias): CreationView {
  const { id, keyId, provider, location, keyRef, message, detail, requestedBy } = row;
  return {
    id,
    keyId,
    keyAlias: row.key?.alias ?? null,
    state: row.state === 'adopted' ? 'adopted' : row.state === 'left_over' ? 'left-over' : 'looking',
    provider,
    location,
    keyRef,
    detail: wordsOf(storedMessage(message, detail)),
    requestedBy,
    at: row.createdAt.toISOString(),
    ...(isProvider(provider)
      ? rulesOf({ provider }).createdKey({ location, keyRef, creationId: id, consoleUrl: consoleUrlOf(provider) })
      : { consoleUrl: '', command: '' }),
  };
}

/** The key that was created for a draft, or is being created; null where none was. */
export async function creationFor(keyId: string): Promise<CreationView | null> {
  const row = await findCreationFor(keyId);
  return row ? toCreation(row) : null;
}
