import 'server-only';
import { appendAudit } from '../db/audit-store.ts';
import type { PersonRecord } from '../db/person-store.ts';
import { isFirstInMinute } from '../db/sign-in-count-store.ts';
import type { SignInAttempt, SignInResult } from './sign-in.ts';

/** What was typed where nobody has that address is not written down: people type passwords there. */
const unknownAddress = 'unknown address';

/**
 * Each sign-in is an event. Of tries that fail in the same way, the first of a minute is, per account and source; what is
 * refused before any password is compared costs its sender nothing, so of that the first per account, whatever its source.
 */
export async function tellSignIn(
  { source, requestId }: Pick<SignInAttempt, 'source' | 'requestId'>,
  person: PersonRecord | undefined,
  kind: SignInResult['kind'],
  isKnownBrowser: boolean,
): Promise<void> {
  if (kind !== 'done') {
    const from = kind === 'too-many-requests' && person ? '' : source;
    if (!(await isFirstInMinute(`${kind} ${person?.id ?? unknownAddress} ${from}`))) return;
  }
  await appendAudit({
    tenantId: person?.tenantId ?? null,
    actor: person?.email ?? unknownAddress,
    actorRole: person?.role ?? 'none',
    operation: 'sign-in',
    outcome: kind === 'done' ? 'done' : 'refused',
    ...(kind === 'done' ? {} : { code: kind }),
    after: { browser: isKnownBrowser ? 'known' : 'new' },
    requestId,
    source,
  });
}
