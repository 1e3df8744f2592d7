/**
 * Where the alias that a key version was given leads now. A version stays with the key that its alias stood for when it was
 * tested; the alias may be pointed at another one at any time, and nothing moves by that until somebody rotates.
 */
export type AliasState =
  /** Nobody has looked yet. */
  | 'not-looked'
  /** It leads to the version's own key. */
  | 'here'
  /** It leads to another key. */
  | 'elsewhere'
  /** It leads to a key that we may not describe, while the version's own may be described. */
  | 'unseen'
  /** It does not exist any more. */
  | 'gone'
  /** Neither it nor the key behind it may be described. */
  | 'not-permitted';

export type AliasWatch = {
  /** As it was given. */
  keyRef: string;
  state: AliasState;
  /** When it was last resolved, ISO 8601. */
  seenAt: string | null;
  /** Since when it does not lead to the version's own key. */
  driftedAt: string | null;
  /** The other key, where it is known. */
  leadsTo: string | null;
};

type Stored = {
  keyRef: string;
  keyRefIsAlias: boolean;
  pinnedKeyRef: string;
  aliasSeenAt: Date | null;
  aliasDriftAt: Date | null;
  /** The key that it led to; empty where the alias was gone; null where that was not permitted to see. */
  aliasKeyRef: string | null;
};

/** Null for a version that was given a key, not an alias. */
export function readAliasWatch(version: Stored): AliasWatch | null {
  const { keyRef, keyRefIsAlias, pinnedKeyRef, aliasSeenAt, aliasDriftAt, aliasKeyRef } = version;
  if (!keyRefIsAlias) return null;
  return {
    keyRef,
    state: aliasSeenAt === null ? 'not-looked' : stateOf(aliasKeyRef, pinnedKeyRef, aliasDriftAt !== null),
    seenAt: aliasSeenAt?.toISOString() ?? null,
    driftedAt: aliasDriftAt?.toISOString() ?? null,
    leadsTo: aliasDriftAt && aliasKeyRef ? aliasKeyRef : null,
  };
}

/** How a state is stored beside the instants. */
export function storedAlias(
  found: AliasFinding,
  pinnedKeyRef: string,
): { drifted: boolean; aliasKeyRef: string | null } {
  switch (found.state) {
    case 'here':
      return { drifted: false, aliasKeyRef: pinnedKeyRef };
    case 'elsewhere':
      return { drifted: true, aliasKeyRef: found.keyRef };
    case 'gone':
      return { drifted: true, aliasKeyRef: '' };
    case 'unseen':
      return { drifted: true, aliasKeyRef: null };
    case 'not-permitted':
      return { drifted: false, aliasKeyRef: null };
  }
}

export type AliasFinding =
  | { state: 'here' | 'gone' | 'unseen' | 'not-permitted' }
  | { state: 'elsewhere'; keyRef: string };

export function hasDrifted({ state }: AliasWatch): boolean {
  return state === 'elsewhere' || state === 'unseen' || state === 'gone';
}

/** One sentence about an alias that has drifted, without the name of the key that it was pinned to. */
export function driftSentence({ state, leadsTo }: Pick<AliasWatch, 'state' | 'leadsTo'>): string {
  if (state === 'gone') return 'The alias no longer exists.';
  if (state === 'unseen') return 'The alias now leads to another key, which Keyward has no permission to see.';
  return `The alias now leads to ${leadsTo ?? 'another key'}.`;
}

function stateOf(aliasKeyRef: string | null, pinnedKeyRef: string, drifted: boolean): AliasState {
  if (!drifted) return aliasKeyRef === pinnedKeyRef ? 'here' : 'not-permitted';
  if (aliasKeyRef === null) return 'unseen';
  return aliasKeyRef === '' ? 'gone' : 'elsewhere';
}
