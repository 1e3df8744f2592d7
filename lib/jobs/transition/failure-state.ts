import type { Refusal } from '../../byok/errors.ts';
import type { KeyFailure } from './explain.ts';

/** What a key transition needs a key for: to unwrap what lies under it, or to wrap what goes there. */
export type Use = 'from' | 'to';

/**
 * What stands in the way of a key transition in this pass. A key that refused or is out of reach is asked no more until the next
 * one; an outage makes the transition wait, a refusal counts as tried.
 */
export class FailureState {
  /** The first outage that was met. */
  outage: Refusal | undefined;
  /** The first refusal that was met. */
  refusal: Refusal | undefined;
  readonly #closed = { from: new Map<string | null, KeyFailure>(), to: new Map<string | null, KeyFailure>() };
  readonly #said = new Set<string>();

  /** Why a key is asked no more. */
  closed(use: Use, versionId: string | null): KeyFailure | undefined {
    return this.#closed[use].get(versionId);
  }

  met(use: Use, versionId: string | null, keyFailure: KeyFailure): void {
    if (keyFailure.reach === 'outage') this.outage ??= keyFailure.refusal;
    else this.refusal ??= keyFailure.refusal;
    if (keyFailure.reach !== 'one' && !this.closed(use, versionId)) this.#closed[use].set(versionId, keyFailure);
  }

  /** True the first time it is asked for a name. */
  first(name: string): boolean {
    if (this.#said.has(name)) return false;
    this.#said.add(name);
    return true;
  }
}
