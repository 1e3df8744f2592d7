import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { WorldState } from './types.ts';

const FORMAT_VERSION = 1;

/**
 * Reads what `saveState` wrote; undefined where there is no such file.
 * @throws Error for a file of another version or with anything else in it: it is left untouched.
 */
export function loadState(path: string): WorldState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let parsed: { version?: unknown; state?: WorldState };
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, and the file holds key material.
    throw new Error(`${path} is not a state file of the AWS simulator.`);
  }
  if (parsed.version !== FORMAT_VERSION || !parsed.state) {
    throw new Error(`${path} is not a state file of this version of the AWS simulator.`);
  }
  return parsed.state;
}

/** Writes a new file beside the old one and moves it over it, so that a kill leaves the one or the other, whole. */
export function saveState(path: string, state: WorldState): void {
  const temporary = `${path}.${process.pid}.tmp`;
  // A left-over of a killed run could carry other permissions: mode counts only for a file that is made.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(file, JSON.stringify({ version: FORMAT_VERSION, state }));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
