import { constants, setPriority } from 'node:os';

/** Background work gives way to whoever serves people and services. Best effort: not every system lets a process say so. */
export function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It runs like any other process then.
  }
}
