/**
 * Which processes a run has started, written down so that the next run can end what a killed launcher left behind.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isSameProcess, type ProcessIdentity } from '../processes/identity.ts';
import { stopProcess } from '../processes/stop.ts';
import { Refusal } from '../refusal.ts';

interface Run {
  launcher: ProcessIdentity;
  children: { name: string; identity: ProcessIdentity }[];
}

export interface RunRecord {
  /** Notes a child, in place of an earlier one of the same name. */
  note(name: string, identity: ProcessIdentity): void;
  remove(): void;
}

const fileName = 'run.json';

/** Throws a `Refusal` when a launcher is at work in this folder. */
export function refuseSecondLauncher(folder: string): void {
  const last = read(folder);
  if (last && isSameProcess(last.launcher)) {
    throw new Refusal(
      `Keyward already runs from ${folder} (process ${last.launcher.pid}). End it, or choose another folder with KEYWARD_DATA_DIR. Nothing was changed.`,
    );
  }
}

/** Ends what the last run left behind; answers the names. Whoever got one of its process IDs since is left alone. */
export async function cleanUpLastRun(folder: string): Promise<string[]> {
  refuseSecondLauncher(folder);
  const left = (read(folder)?.children ?? []).filter(({ identity }) => isSameProcess(identity));
  await Promise.all(left.map(({ identity }) => stopProcess(identity)));
  rmSync(join(folder, fileName), { force: true });
  return left.map(({ name }) => name);
}

/** Begins a record with this process as the launcher. */
export function beginRecord(folder: string): RunRecord {
  const launcher = identify(process.pid);
  if (!launcher) throw new Error('This process cannot find itself in the process list.');
  const run: Run = { launcher, children: [] };
  const file = join(folder, fileName);
  const write = () => {
    writeFileSync(`${file}.new`, JSON.stringify(run), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    note: (name, identity) => {
      run.children = [...run.children.filter((child) => child.name !== name), { name, identity }];
      write();
    },
    remove: () => rmSync(file, { force: true }),
  };
}

function read(folder: string): Run | undefined {
  const file = join(folder, fileName);
  if (!existsSync(file)) return undefined;
  try {
    const run = JSON.parse(readFileSync(file, 'utf8')) as Partial<Run>;
    return run.launcher && Array.isArray(run.children) ? { launcher: run.launcher, children: run.children } : undefined;
  } catch {
    return undefined;
  }
}
