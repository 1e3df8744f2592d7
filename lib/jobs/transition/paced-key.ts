import 'server-only';
import { findVersion } from '../../db/version-store.ts';
import { budgetOf } from '../../keyring/budget.ts';
import type { KeyCalls } from '../../keyring/data-keys.ts';
import { observeAnswer } from '../../keyring/observe.ts';
import { providerFor } from '../../keyring/providers.ts';
import { KmsError } from '../../kms/errors.ts';
import type { FailureState, Use } from './failure-state.ts';

/** How often a call is begun that this process itself cut off, because another one let go of the key's client. */
const begins = 3;

/** A key that was lost is healthy again after so many good answers: more need not be looked at in one pass. */
const answersThatHeal = 2;

/** The wrapping keys of a key transition as it may call them: each call in its turn, so that live traffic has room. */
export class PacedKeys {
  readonly #signal: AbortSignal;
  readonly #failures: FailureState;
  readonly #made = { from: new Map<string | null, KeyCalls>(), to: new Map<string | null, KeyCalls>() };

  constructor(signal: AbortSignal, failures: FailureState) {
    this.#signal = signal;
    this.#failures = failures;
  }

  /** Throws why the key is asked no more, where that is so when a call's turn has come. */
  of(use: Use, versionId: string | null): KeyCalls {
    const known = this.#made[use].get(versionId);
    if (known) return known;
    const closed = () => this.#failures.closed(use, versionId)?.refusal;
    const made = pacedKey(versionId, this.#signal, closed);
    this.#made[use].set(versionId, made);
    return made;
  }
}

function pacedKey(versionId: string | null, signal: AbortSignal, closed: () => Error | undefined): KeyCalls {
  const budget = budgetOf(versionId);
  let answers = 0;
  let observed = Promise.resolve();
  const observe = async () => {
    if (versionId === null) return;
    const version = await findVersion(versionId);
    if (version && version.health !== 'healthy') await observeAnswer(versionId, version.health, []);
  };
  const paced = async <T>(call: (key: KeyCalls, until: AbortSignal) => Promise<T>): Promise<T> => {
    for (let begun = 1; ; begun++) {
      try {
        const answer = await budget.run(async (until) => {
          const reason = closed();
          if (reason) throw reason;
          // Asked for each time: a revocation lets go of the provider that was in use.
          return call(await providerFor(versionId), until);
        }, signal);
        // One after the other: each is to see what the one before has made of the key's health.
        if (answers++ < answersThatHeal) observed = observed.then(observe);
        await observed;
        return answer;
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
