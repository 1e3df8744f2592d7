import 'server-only';

/** One hash holds 19 MiB and a core for about 40 ms: so many at once, and strangers among them never all. */
const most = { atOnce: 3, strangersAtOnce: 2, strangersWaiting: 20, knownWaiting: 100 };

/** Whose password it is: somebody whose browser or session is known, or anybody. */
export type HashFor = 'known' | 'stranger';

export class HashQueueFull extends Error {
  override name = 'HashQueueFull';
}

const running = { known: 0, stranger: 0 };
const waiting: Record<HashFor, (() => void)[]> = { known: [], stranger: [] };

/**
 * Runs `work`, which hashes a password, when it is its turn in this process. Known people go first and have a share that
 * strangers cannot take.
 * @throws HashQueueFull at once where too many wait already
 */
export async function hashInTurn<T>(who: HashFor, work: () => Promise<T>): Promise<T> {
  if (!hasRoom(who)) {
    if (waiting[who].length >= (who === 'known' ? most.knownWaiting : most.strangersWaiting)) throw new HashQueueFull();
    // Whoever gives its place up has counted for us already.
    await new Promise<void>((resolve) => waiting[who].push(resolve));
  } else running[who]++;
  try {
    return await work();
  } finally {
    running[who]--;
    for (const next of ['known', 'stranger'] as const) {
      while (waiting[next].length > 0 && hasRoom(next)) {
        running[next]++;
        waiting[next].shift()?.();
      }
    }
  }
}

function hasRoom(who: HashFor): boolean {
  if (running.known + running.stranger >= most.atOnce) return false;
  return who === 'known' || running.stranger < most.strangersAtOnce;
}
