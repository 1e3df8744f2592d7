/**
 * The words that screens explain, each where it stands first: its "?" opens this. `GLOSSARY.md` repeats them beside the words of the
 * code, and a test compares the two, so that one meaning is kept. Sentences speak to the tenant's people.
 */
export const glossary = {
  app: 'something of yours that holds data: an app or a bot',
  'platform key': 'the vendor’s own key: it protects your data until a key of yours does',
  'enterprise key':
    'your connection to one of your own keys: provider, how Keyward signs in, which key, alias and description',
  CMK: 'the key itself (customer managed key). It is in your own key service, and its material never leaves there',
  'key version': 'an enterprise key as it was when it became active. It never changes: a rotation adds a new version',
  'data key':
    'a 256-bit AES key that encrypts the data of exactly one app. It is stored only wrapped, by a key version or by the platform key',
  'envelope encryption':
    'two layers: a data key encrypts the data, and a CMK or the platform key encrypts (wraps) the data key',
  'wrap, unwrap': 'encrypt or decrypt a data key with a CMK or the platform key',
  'data key cache time':
    'how long Keyward may use an unwrapped data key before it asks your key again. Disabling your key takes effect within this time',
  'external ID':
    'what Keyward presents when it assumes your role. Keyward creates one for each tenant; it can’t be chosen. It keeps other customers from using your role through Keyward',
  'trust policy': 'says who may assume your role. It names Keyward’s service role and requires your external ID',
  'key policy': 'says who may use your key, and for what. It belongs to the key itself',
  'permission policy': 'says what your role or user may do. Keyward needs it for this one key only',
  'enforcement date': 'the moment when the enterprise key starts to protect the chosen apps',
  validation: 'proof that a key works now: Keyward decrypts recent records with it, bypassing all caches',
  rotate: 'make a new key version current, and start a fresh data key for each app under it',
  rewrap: 'move existing data keys to another key version. The data itself is not changed',
  're-encrypt': 'rewrite stored data under the app’s current data key',
  revert: 'return to the platform key (key configuration `None`)',
  'safe to retire':
    'no data key uses the key version any longer, and its retention since the last use has passed. Its key can then be disabled',
  irreversible:
    'a commitment that can’t be undone: nothing under this key, or under all keys, ever returns to the platform key',
  revoked: 'you disabled the key or removed its permission. Nothing under it can be read until you restore access',
} as const;

export type Term = keyof typeof glossary;

export const terms = Object.keys(glossary) as Term[];

/** Where a provider explains a word in its own documentation. */
export type TermLinks = Partial<Record<Term, { label: string; href: string }>>;
