/**
 * The demo's long-running processes: started in order, started again when one ends by itself, ended in order.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildCommand, type RunningChild, startChild, tail } from '../processes/child.ts';
import { stopProcess } from '../processes/stop.ts';
import type { RunRecord } from './run-record.ts';

export interface ServiceCommand {
  name: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

export interface Services {
  start(command: ServiceCommand): void;
  /** Ends these, all at once, within 2.5 s; asks first. */
  stop(names: readonly string[]): Promise<void>;
  /** Rejects when a service keeps ending by itself. */
  failed: Promise<never>;
}

export interface ServicesOptions {
  folder: string;
  cwd: string;
  record: RunRecord;
  log: (line: string) => void;
}

/** A process that ends by itself this often within a minute is not started again. */
const givesUpAfter = 4;

export function makeServices({ folder, cwd, record, log }: ServicesOptions): Services {
  const running = new Map<string, RunningChild>();
  const stopping = new Set<string>();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);

  function launch(command: ChildCommand, endings: readonly number[]): void {
    const child = startChild(command);
    running.set(command.name, child);
    record.note(command.name, child.identity);
    void child.ended.then(({ code, signal }) => onEnd(command, endings, signal ?? `exit code ${code}`));
  }

  function onEnd(command: ChildCommand, endings: readonly number[], how: string): void {
    running.delete(command.name);
    if (stopping.has(command.name)) return;
    const recent = [...endings.filter((at) => at > Date.now() - 60_000), Date.now()];
    const lastWords = tail(command.logFile);
    if (recent.length >= givesUpAfter) {
      fail(
        new Error(`The ${command.name} ended again and again (${how}). The end of ${command.logFile}:\n${lastWords}`),
      );
      return;
    }
    log(`The ${command.name} ended (${how}) and is started again; see ${command.logFile}`);
    setTimeout(() => {
      if (stopping.has(command.name)) return;
      try {
        launch(command, recent);
      } catch (error) {
        fail(error);
      }
    }, 250);
  }

  return {
    failed,
    start: (command) => launch({ ...command, cwd, logFile: join(folder, 'logs', `${command.name}.log`) }, []),
    stop: async (names) => {
      for (const name of names) stopping.add(name);
      const children = names.flatMap((name) => running.get(name) ?? []);
      await Promise.all(children.map(({ identity }) => stopProcess(identity)));
    },
  };
}

/**
 * Asks an address until it answers with an acceptable status. Rejects with a sentence after `timeoutMs`, and at once when
 * asked to stop.
 */
export async function waitForAnswer(
  url: string,
  {
    timeoutMs,
    accept,
    signal,
  }: { timeoutMs: number; accept: (status: number, text: string) => boolean; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer';
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
        redirect: 'manual',
      });
      const text = await response.text();
      last = `${response.status} ${text.slice(0, 300)}`;
      if (accept(response.status, text)) return;
    } catch {
      signal.throwIfAborted();
    }
    await sleep(150, undefined, { signal });
  }
  throw new Error(`${url} was not ready after ${timeoutMs / 1000} s. Its last answer: ${last}`);
}
