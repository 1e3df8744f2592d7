import { type Child, startChild } from './children.ts';
import type { Rotation, TransitionAnswer, TransitionCommand } from './transition-process.ts';

export type Worker = Child<TransitionCommand, TransitionAnswer>;

export function startWorker(env: NodeJS.ProcessEnv, databaseUrl: string, signal: AbortSignal): Promise<Worker> {
  return startChild('transition-process.ts', { ...env, DATABASE_URL: databaseUrl }, signal);
}

/** A rotation from its command to its end, by one fresh worker. */
export async function rotate(
  rotation: Rotation,
  at: { env: NodeJS.ProcessEnv; databaseUrl: string; signal: AbortSignal },
): Promise<TransitionAnswer> {
  const worker = await startWorker(at.env, at.databaseUrl, at.signal);
  const { transitionId, seconds } = await worker.ask({ do: 'begin', rotation });
  const done = await worker.ask({ do: 'run', transitionId });
  await worker.end();
  return { ...done, seconds: seconds + done.seconds };
}
