import 'server-only';
import { userInfo } from 'node:os';
import type { Caller } from './identify.ts';

/**
 * Who calls from a command on the server, for `npm run tenant` and its like: the operating system's user, who got there by the
 * means with which the server is guarded and holds the database's password. For scripts alone, never for anything that answers
 * requests.
 */
export function commandLineCaller(): Extract<Caller, { kind: 'command-line' }> {
  return { kind: 'command-line', user: currentUser() };
}

function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that nothing has a name for.
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
