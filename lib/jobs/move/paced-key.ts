import 'server-only';
import { budgetOf } from '../../keyring/budget.ts';
import type { KeyCalls } from '../../keyring/data-keys.ts';
import { providerFor } from '../../keyring/providers.ts';
import { KmsError } from '../../kms/errors.ts';

/** How often a call is begun that this process itself cut off, because another one let go of the key's client. */
const begins = 3;

/**
 * The wrapping key of a version as a move may call it: each call in its turn, so that live traffic has room.
 * @param closed why the key is to be asked no more; looked at when a call's turn has come
 */
export function pacedKey(
  versionId: string | null,
  signal: AbortSignal,
  closed: () => Error | undefined = () => undefined,
): KeyCalls {
  const budget = budgetOf(versionId);
  const paced = async <T>(call: (key: KeyCalls, until: AbortSignal) => Promise<T>): Promise<T> => {
    for (let begun = 1; ; begun++) {
      try {
        return await budget.run(async (until) => {
          const reason = closed();
          if (reason) throw reason;
          // Asked for each time: a revocation lets go of the provider that was in use.
          return call(await providerFor(versionId), until);
        }, signal);
      } catch (error) {
        const cutOff = error instanceof KmsError && error.failure === 'aborted' && !signal.aborted;
        if (!cutOff || begun === begins) throw error;
      }
    }
  };
  return {
    generateDataKey: (ids) => paced((key, until) => key.generateDataKey(ids, until)),
    wrap: (plaintext, ids) => paced((key, until) => key.wrap(plaintext, ids, until)),
    unwrap: (wrapped, ids) => paced((key, until) => key.unwrap(wrapped, ids, until)),
  };
}
