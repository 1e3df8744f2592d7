import 'server-only';
// With its extension: a process without a bundler (the writer of test fixtures) loads every operation, this one among them.
import { cookies } from 'next/headers.js';
import { encode } from 'next-auth/jwt';
import { getConfig } from '../config/config.ts';
import { type Account, deviceLifetimeMs, writeDevice } from './device-cookie.ts';
import { sessionLifetimeMs } from './identify.ts';
import { cookieOptions, deviceCookieName, sessionCookieName } from './own-address.ts';

/** Gives the browser the session and the device cookie that a new password made, in place of those that it ended. */
export async function renewSession(sessionId: string, account: Account): Promise<void> {
  const jar = await cookies();
  const seconds = sessionLifetimeMs / 1_000;
  const token = await encode({ token: { sid: sessionId }, secret: getConfig().nextAuthSecret, maxAge: seconds });
  jar.set(sessionCookieName(), token, { ...cookieOptions(), maxAge: seconds });
  const device = writeDevice(jar.get(deviceCookieName())?.value, account, Date.now());
  jar.set(deviceCookieName(), device, { ...cookieOptions(), maxAge: deviceLifetimeMs / 1_000 });
}
