import 'server-only';
import { databaseNow } from '../db/database-clock.ts';
import { beginSession, endSession, findPersonByEmail, type PersonRecord } from '../db/person-store.ts';
import { countTry, forgiveTry, secondsToWait } from '../db/sign-in-count-store.ts';
import { readDevice, writeDevice } from './device-cookie.ts';
import { HashQueueFull, hashInTurn } from './hash-queue.ts';
import { sessionLifetimeMs } from './identify.ts';
import { verifyNobody, verifyPassword } from './password.ts';
import { hashSecretToken, newSecretToken } from './secret-token.ts';
import { tellSignIn } from './sign-in-events.ts';
import { signInRules } from './sign-in-limits.ts';

export type SignInAttempt = {
  email: string;
  password: string;
  /** Of `sourceOf`. */
  source: string;
  /** The value of the browser's device cookie, as it came. */
  deviceCookie?: string | undefined;
  requestId: string;
};

export type SignInResult =
  | {
      kind: 'done';
      /** To be kept by the browser in a signed, HTTP-only cookie. */
      sessionId: string;
      /** So is this. */
      deviceCookie: string;
    }
  | { kind: 'wrong-credentials' }
  | { kind: 'too-many-requests'; retryAfterSeconds: number }
  /** The password is right, and was to be used once and within 24 hours. */
  | { kind: 'password-ended' };

/** Where too many hash at once: the queue is gone through in less. */
const queueSeconds = 5;

/**
 * Begins a session. An address that nobody has and a wrong password look the same from outside and take as long; so do tries
 * that come too soon, which are refused before any password is compared.
 */
export async function signIn(attempt: SignInAttempt): Promise<SignInResult> {
  const address = attempt.email.trim().toLowerCase().slice(0, 320);
  // What the database cannot store is nobody's address, and counts as any other that nobody has.
  const person = isStorable(address) ? await findPersonByEmail(address) : undefined;
  const device = readDevice(attempt.deviceCookie, person ?? nobody, Date.now());
  const result = await attemptSignIn(attempt, address, person, device);
  await tellSignIn(attempt, person, result.kind, device !== undefined);
  return result;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export async function signOut(sessionId: string): Promise<void> {
  await endSession(hashSecretToken(sessionId));
}

async function attemptSignIn(
  attempt: SignInAttempt,
  address: string,
  person: PersonRecord | undefined,
  device: string | undefined,
): Promise<SignInResult> {
  const rules = signInRules({ address, source: attempt.source, device });
  const waitSeconds = await secondsToWait(rules);
  if (waitSeconds > 0) return { kind: 'too-many-requests', retryAfterSeconds: waitSeconds };
  try {
    return await hashInTurn(device === undefined ? 'stranger' : 'known', async () => {
      const tried = await countTry(rules);
      if ('waitSeconds' in tried) return { kind: 'too-many-requests', retryAfterSeconds: tried.waitSeconds };
      const { password } = attempt;
      const right = person ? await verifyPassword(person.passwordHash, password) : await verifyNobody(password);
      if (!person || !right) return { kind: 'wrong-credentials' };
      const begun = await begin(person, attempt.deviceCookie);
      if (begun.kind === 'done') await forgiveTry(tried.counted);
      return begun;
    });
  } catch (error) {
    if (error instanceof HashQueueFull) return { kind: 'too-many-requests', retryAfterSeconds: queueSeconds };
    throw error;
  }
}

async function begin(person: PersonRecord, deviceCookie: string | undefined): Promise<SignInResult> {
  const sessionId = newSecretToken('');
  const now = Date.now();
  const begun = await beginSession(person, {
    idHash: hashSecretToken(sessionId),
    expiresAt: new Date(databaseNow().getTime() + sessionLifetimeMs),
  });
  if (begun === 'password-changed') return { kind: 'wrong-credentials' };
  if (begun === 'password-ended') return { kind: 'password-ended' };
  return { kind: 'done', sessionId, deviceCookie: writeDevice(deviceCookie, person, now) };
}

/** Whose cookie is looked at where nobody has the address. */
const nobody = { id: '', passwordHash: '' };
