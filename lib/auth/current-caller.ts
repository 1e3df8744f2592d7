import 'server-only';
import { cookies } from 'next/headers';
import type { Caller } from './identify.ts';
import { sessionCaller } from './session-cookie.ts';

/** What the request at hand brought along, for server components, actions and route handlers. Never throws. */
export async function currentCaller(): Promise<Caller> {
  const jar = await cookies();
  return sessionCaller((name) => jar.get(name)?.value);
}
