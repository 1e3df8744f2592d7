import { z } from 'zod';
import { isDatabaseDown } from '../db/client.ts';
import { lastBeat } from '../db/heartbeat-store.ts';
import { operation } from './operation.ts';
import { version } from './parts/version.ts';

export type HealthReport = {
  status: 'ok' | 'unavailable';
  database: 'ok' | 'down';
  jobs: 'ok' | 'down' | 'unknown';
  version: string;
};

/** A worker that has not said so for this long does not count as alive. */
const silentAfterMs = 30_000;

/** Whether this installation can do its work; says no more than that, to anybody. */
export const readHealth = operation({
  name: 'read-health',
  permission: 'public.read',
  input: z.object({}),
  async run({ now }): Promise<HealthReport> {
    try {
      const beat = await lastBeat();
      const jobs = beat && now.getTime() - beat.getTime() < silentAfterMs ? 'ok' : 'down';
      return { status: jobs === 'ok' ? 'ok' : 'unavailable', database: 'ok', jobs, version };
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      return { status: 'unavailable', database: 'down', jobs: 'unknown', version };
    }
  },
});
