import 'server-only';
import { budgetOf } from '../../keyring/budget.ts';
import type { KeyCalls } from '../../keyring/data-keys.ts';
import { providerFor } from '../../keyring/providers.ts';
import { KmsError } from '../../kms/errors.ts';
import type { Trouble, Use } from './trouble.ts';

/** How often a call is begun that this process itself cut off, because another one let go of the key's client. */
const begins = 3;

/** The wrapping keys of a move as it may call them: each call in its turn, so that live traffic has room. */
export class PacedKeys {
  readonly #signal: AbortSignal;
  readonly #trouble: Trouble;
  readonly #made = { from: new Map<string | null, KeyCalls>(), to: new Map<string | null, KeyCalls>() };

  constructor(signal: AbortSignal, trouble: Trouble) {
    this.#signal = signal;
    this.#trouble = trouble;
  }

  /** Throws why the key is asked no more, where that is so when a call's turn has come. */
  of(use: Use, versionId: string | null): KeyCalls {
    const known = this.#made[use].get(versionId);
    if (known) return known;
    const closed = () => this.#trouble.closed(use, versionId)?.refusal;
    const made = pacedKey(versionId, this.#signal, closed);
    this.#made[use].set(versionId, made);
    return made;
  }
}

export function pacedKey(versionId: string | null, signal: AbortSignal, closed: () => Error | undefined): KeyCalls {
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
