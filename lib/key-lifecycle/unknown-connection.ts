import 'server-only';
import { isKnown, type StoredMode, unknownProvider } from '../byok/connection-mode.ts';
import { errorWords } from '../byok/errors.ts';
import type { Command, Decision } from '../byok/lifecycle.ts';
import { displayedConfiguration, type KeyRow, workingOf } from '../db/key-store.ts';

/** What asks the key, changes how it is reached, or leads data to it. */
const reaching: ReadonlySet<Command> = new Set(['edit', 'test', 'schedule', 'select-apps', 'rotate', 'rekey']);

/** What of a key this version does not know how to reach: the active version, what stands, or what is being entered. */
export function unknownOf(key: Pick<KeyRow, 'currentVersion' | 'configurations'>): StoredMode | null {
  const rows: (StoredMode | null | undefined)[] = [key.currentVersion, displayedConfiguration(key), workingOf(key)];
  const found = rows.find((row) => row && !isKnown(row));
  return found ? { provider: found.provider, authMode: found.authMode } : null;
}

/** @throws Refusal `unknown-provider` */
export function refuseUnknown(command: Command, key: KeyRow): void {
  const unknown = unknownOf(key);
  if (unknown && reaching.has(command)) throw unknownProvider(unknown);
}

/** The life cycle's verdict, and that of `refuseUnknown`. */
export function decisionFor(command: Command, key: KeyRow, decision: Decision): Decision {
  if (!decision.allowed || !reaching.has(command) || !unknownOf(key)) return decision;
  return { allowed: false, reason: errorWords['unknown-provider'].title };
}
