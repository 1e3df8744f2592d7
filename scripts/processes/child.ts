/**
 * A long-running process of ours, in a session of its own: a Ctrl-C in the terminal reaches the launcher alone, which
 * then ends its children in the right order. Its output goes to a file, so that it does not depend on the launcher; the channel to the
 * launcher is there to tell it that the launcher is gone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './identity.ts';

export interface ChildCommand {
  name: string;
  /** For this Node: options, script, arguments. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Appended to; readable by the owner only. */
  logFile: string;
}

export interface RunningChild {
  name: string;
  identity: ProcessIdentity;
  /** With what it ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Throws when the process does not even begin. */
export function startChild({ name, args, env, cwd, logFile }: ChildCommand): RunningChild {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, args, {
    cwd,
    // The launcher looks after npm, and these look after the launcher.
    env: { ...env, npm_lifecycle_event: undefined },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = endOf(child);
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error(`${name} did not start. See ${logFile}.`);
  return { name, identity, ended };
}

/** The last lines of a log, for a message about its process. */
export function tail(logFile: string, lines = 15): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function endOf(child: ChildProcess): RunningChild['ended'] {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
