/**
 * The words that screens explain, each where it stands first: its "?" opens this. `GLOSSARY.md` repeats them beside the words of the
 * code, and a test compares the two, so that one meaning is kept. Sentences speak to the tenant's people.
 */
export const glossary = {
  app: 'something of yours that holds data: an app or a bot',
  'platform key': 'the vendor’s own key: it protects your data until a key of yours does',
  'enterprise key':
    'your connection to one key of your own: its provider, how Keyward signs in, which key, alias, description',
  CMK: 'the key itself (customer managed key), in your own key service: its material never leaves there',
  'key version': 'an enterprise key as it was when it became active, never changed; a rotation adds one',
  'data key':
    'a 256-bit AES key of exactly one app: it encrypts the app’s data, and is stored only wrapped, by a key version or by the platform key',
  'wrap, unwrap': 'encrypt, decrypt a data key with a CMK or the platform key',
  'data key cache time':
    'how long Keyward may use an unwrapped data key before it asks your key again; disabling your key takes effect within it',
  'external ID':
    'what Keyward presents to be let in, one per tenant, made by Keyward and never typed in: it keeps others from using your role through Keyward',
  'enforcement date': 'the moment from which the enterprise key protects the chosen apps',
  validation: 'proof that a key works now: Keyward decrypts recent records with it, bypassing all caches',
  rotate: 'make a new key version current, and start a fresh data key per app under it',
  rewrap: 'move existing data keys to another key version; the data itself is not touched',
  're-encrypt': 'rewrite stored data under the app’s current data key',
  revert: 'return to the platform key (key configuration `None`)',
  'safe to retire': 'no data key uses a key version any more, and its retention since its last use has passed',
  irreversible:
    'a commitment, never taken back: nothing under a key, or under any key of the tenant, returns to the platform key',
  revoked: 'you took the key away, or its permission: nothing under it can be read until it is given back',
} as const;

export type Term = keyof typeof glossary;

export const terms = Object.keys(glossary) as Term[];

/** Where a provider explains a word in its own documentation. */
export type TermLinks = Partial<Record<Term, { label: string; href: string }>>;
