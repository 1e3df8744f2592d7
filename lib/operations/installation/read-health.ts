import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { version } from '../../config/version.ts';
import { isDatabaseDown } from '../../db/client.ts';
import { sinceLastBeat } from '../../db/heartbeat-store.ts';
import { operation } from '../operation.ts';
import { withTimeout } from '../with-timeout.ts';

export type HealthReport = {
  status: 'ok' | 'unavailable';
  database: 'ok' | 'down';
  jobs: 'ok' | 'down' | 'unknown';
  version: string;
};

/** A worker that has not said so for this long does not count as alive. */
const silentAfterMs = 30_000;

/** Whoever watches an installation wants an answer, also when its database gives none. */
const databaseAnswersMs = 3_000;

/**
 * Whether this installation can serve; says no more than that, to anybody. Without a worker it serves as before, and what is due
 * waits: that is told, and no reason to send nobody here any more.
 */
export const readHealth = operation({
  name: 'read-health',
  permission: 'public.read',
  input: z.object({}),
  async run(): Promise<HealthReport> {
    try {
      const sinceBeatMs = await withTimeout(databaseAnswersMs, sinceLastBeat());
      const jobs = sinceBeatMs !== undefined && sinceBeatMs < silentAfterMs ? 'ok' : 'down';
      return { status: 'ok', database: 'ok', jobs, version };
    } catch (error) {
      const silent = error instanceof Refusal && error.code === 'unavailable';
      if (!silent && !isDatabaseDown(error)) throw error;
      return { status: 'unavailable', database: 'down', jobs: 'unknown', version };
    }
  },
});
