import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../processes/identity.ts';
import { stopProcess } from '../processes/stop.ts';

/**
 * Stops the server that a killed run left in this cluster folder. The ID in its `postmaster.pid` may belong to
 * somebody else by now, so it is signalled only when it is a PostgreSQL that works in this very folder; a file
 * without such a process is removed, since PostgreSQL itself would take the stranger for its predecessor.
 */
export async function stopStalePostmaster(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const pid = readPid(file);
  if (pid === undefined) return;
  const known = identify(pid);
  if (known && worksIn(pid, cluster, file)) {
    const ended = await stopProcess(known, {
      signals: [
        ['SIGINT', 3000],
        ['SIGQUIT', 3000],
        ['SIGKILL', 1000],
      ],
    });
    if (!ended)
      throw new Error(`A PostgreSQL of an earlier run (process ${pid}) does not end. End it, then start again.`);
  }
  rmSync(file, { force: true });
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A postmaster changes into its data folder; where /proc does not tell, its start in line 3 of the file must match. */
function worksIn(pid: number, cluster: string, file: string): boolean {
  if (process.platform === 'linux') {
    try {
      return realpathSync(readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(cluster);
    } catch {
      return false;
    }
  }
  const startedAtS = Number(readFileSync(file, 'utf8').split('\n')[2]);
  const actual = Date.parse(identify(pid)?.startedAt ?? '') / 1000;
  return Math.abs(startedAtS - actual) <= 2;
}
