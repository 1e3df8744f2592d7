import 'server-only';
import { personWho } from '../byok/who.ts';
import { appendAudit } from '../db/audit-store.ts';
import type { PersonRecord } from '../db/person-store.ts';
import { noteRefusal } from '../db/refusal-counts.ts';
import { isFirstInMinute } from '../db/sign-in-count-store.ts';
import type { SignInAttempt, SignInResult } from './sign-in.ts';

/** What was typed where nobody has that address is not written down: people type passwords there. */
const unknownAddress = 'unknown address';

/**
 * Each sign-in is an event. Of tries that fail in the same way, the first of a minute is, per account and source; what is
 * refused before any password is compared costs its sender nothing, so of that the first per account, whatever its source. All
 * others are counted, and told when their minute has ended.
 */
export async function tellSignIn(
  { source, requestId }: Pick<SignInAttempt, 'source' | 'requestId'>,
  person: PersonRecord | undefined,
  kind: SignInResult['kind'],
  isKnownBrowser: boolean,
): Promise<void> {
  const who = {
    tenantId: person?.tenantId ?? null,
    actor: person ? personWho(person.id) : unknownAddress,
    actorRole: person?.role ?? 'none',
    operation: 'sign-in',
    requestId,
  };
  const how = { after: { browser: isKnownBrowser ? 'known' : 'new' }, source };
  if (kind === 'done') return appendAudit({ ...who, ...how, outcome: 'done' });
  const refused = { ...who, outcome: 'refused', code: kind } as const;
  const from = kind === 'too-many-requests' && person ? '' : source;
  if (await isFirstInMinute(`${kind} ${person?.id ?? unknownAddress} ${from}`))
    await appendAudit({ ...refused, ...how });
  else await noteRefusal(refused, { isRepeat: true });
}
