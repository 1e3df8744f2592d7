import { formatInstant } from '#lib/byok/format.ts';
import type { SecretNote } from '#lib/byok/key-views.ts';

/** The words of the two fields of an access key, wherever they are asked for. */
export const accessKeyIdWords = { label: 'Access Key ID', hint: 'ClientId. It begins with AKIA.' };

export const secretWords = {
  label: 'Secret Access Key',
  hint: (stored: SecretNote | null) =>
    stored ? (
      <>
        ClientSecret. Stored since {formatInstant(stored.storedAt)}, by {stored.storedBy}. It is never shown. Leave this
        empty to keep it, or paste another to replace it.
      </>
    ) : (
      'ClientSecret. AWS shows it once, when the access key is created. It is stored encrypted, and never shown again.'
    ),
};
