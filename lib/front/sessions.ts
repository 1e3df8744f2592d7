import 'server-only';
import { identify } from '../auth/identify.ts';
import { sessionCaller } from '../auth/session-cookie.ts';
import { Refusal } from '../byok/errors.ts';
import { isDatabaseBusy, isDatabaseDown } from '../db/client.ts';
import { databaseNow } from '../db/database-clock.ts';
import { withTimeout } from '../operations/with-timeout.ts';

const databaseAnswersMs = 10_000;

/** Who is signed in, for whoever has to know before an operation asks. */
export function makeSessions(mostResolved: number) {
  let lookingUp = 0;
  return {
    /** The ID of the person whose session these cookies name; undefined for nobody. @throws where it cannot be known now */
    async personIn(cookies: string): Promise<string | undefined> {
      const caller = await sessionCaller((name) => cookieIn(cookies, name));
      if (caller.kind !== 'session') return undefined;
      if (lookingUp >= mostResolved) throw new Refusal('unavailable');
      lookingUp++;
      try {
        const actor = await withTimeout(databaseAnswersMs, identify(caller, databaseNow()));
        return actor.kind === 'person' ? actor.id : undefined;
      } finally {
        lookingUp--;
      }
    },
    /** Whether it can be known now who is signed in. Nothing is asked for whom no cookie names, nor beyond the look-ups at once. */
    async canBeKnown(cookies: string): Promise<boolean> {
      if (lookingUp >= mostResolved) return true;
      return this.personIn(cookies).then(
        () => true,
        (error: unknown) => !this.isUnavailable(error),
      );
    },
    isUnavailable: (error: unknown): boolean =>
      (error instanceof Refusal && error.code === 'unavailable') || isDatabaseDown(error) || isDatabaseBusy(error),
  };
}

/** https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1; what a next-auth token is made of needs no decoding. */
function cookieIn(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
