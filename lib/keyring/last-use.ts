import 'server-only';
import { databaseNow } from '../db/database-clock.ts';
import { writeLastUses } from '../db/version-store.ts';

/** An answer of a key is written down at most so much later, and a process that is killed hides no more than that. */
const writeWithinMs = 10_000;

type Uses = { pending: Map<string, Date>; timer: NodeJS.Timeout | undefined };
const holder = globalThis as typeof globalThis & { keywardUses?: Uses };

/** A key version's key has answered: it was used, by live traffic, a check or a key transition. */
export function recordUse(versionId: string, at = databaseNow()): void {
  const all = uses();
  all.pending.set(versionId, at);
  all.timer ??= setTimeout(() => void writeUses().catch(() => undefined), writeWithinMs).unref();
}

/** Writes down at once what this process knows of a version's last use: before it is said to be left. */
export async function noteUse(versionId: string): Promise<void> {
  await write([versionId]);
}

/** Writes down every use that is not written yet. What could not be written is tried again with the next. */
export async function writeUses(): Promise<void> {
  const all = uses();
  clearTimeout(all.timer);
  all.timer = undefined;
  await write([...all.pending.keys()]);
}

async function write(versionIds: string[]): Promise<void> {
  const { pending } = uses();
  const known = versionIds.flatMap((id) => {
    const at = pending.get(id);
    return at ? [{ id, at }] : [];
  });
  if (known.length === 0) return;
  for (const { id } of known) pending.delete(id);
  try {
    await writeLastUses(known);
  } catch (error) {
    for (const { id, at } of known) if (!pending.has(id)) recordUse(id, at);
    throw error;
  }
}

function uses(): Uses {
  holder.keywardUses ??= { pending: new Map(), timer: undefined };
  return holder.keywardUses;
}
