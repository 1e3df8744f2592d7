import 'server-only';
import { getConfig } from '../config/config.ts';
import { reserveMessages } from '../db/data-key-store.ts';

/** What this process may still seal under a data key before it has to count again. */
type Allowance = { left: number; asking: Promise<boolean> | undefined };

const maxKnown = 10_000;
const largestBlock = 2 ** 16;
const holder = globalThis as typeof globalThis & { keywardAllowances?: Map<string, Allowance> };

/**
 * Counts messages in the data key's row before they are sealed: in blocks, so that most cost nothing, and never too few,
 * because a process that ends takes what is left of its block along.
 * @returns false where there is no such data key any more
 */
export async function countMessages(dataKeyId: string, messages: number): Promise<boolean> {
  const allowance = allowanceOf(dataKeyId);
  while (allowance.left < messages) {
    allowance.asking ??= reserve(dataKeyId, allowance, messages).finally(() => {
      allowance.asking = undefined;
    });
    if (!(await allowance.asking)) return false;
  }
  allowance.left -= messages;
  return true;
}

/**
 * The same at once, out of what this process has counted already.
 * @returns false where that is not enough: then it takes `countMessages`
 */
export function takeCounted(dataKeyId: string, messages: number): boolean {
  const allowance = holder.keywardAllowances?.get(dataKeyId);
  if (allowance === undefined || allowance.left < messages) return false;
  allowance.left -= messages;
  return true;
}

async function reserve(dataKeyId: string, allowance: Allowance, messages: number): Promise<boolean> {
  // A hundredth of the limit at most, so that a count that is a block too high does not bring the next key on early.
  const block = Math.min(largestBlock, Math.ceil(getConfig().rekeyAfterMessages / 100));
  const reserved = Math.max(block, messages);
  if (!(await reserveMessages(dataKeyId, reserved))) return false;
  allowance.left += reserved;
  return true;
}

function allowanceOf(dataKeyId: string): Allowance {
  holder.keywardAllowances ??= new Map();
  const all = holder.keywardAllowances;
  const allowance = all.get(dataKeyId) ?? { left: 0, asking: undefined };
  all.delete(dataKeyId);
  all.set(dataKeyId, allowance);
  // Whoever is forgotten counts a block anew: too many, never too few.
  for (const oldest of all.keys()) {
    if (all.size <= maxKnown) break;
    all.delete(oldest);
  }
  return allowance;
}
