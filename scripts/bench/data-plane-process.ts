/** The data plane as `npm run data-plane` starts it, told what its wrapping key is. */
import { startDataPlane } from '#lib/data-plane/server.ts';
import { serve } from './child.ts';
import { holdInProcess } from './in-process-keys.ts';

export type DataPlaneCommand =
  | { do: 'listen'; versionId: string; rootKey: string; perSecond: number }
  /** What this process has used of the processors since it was asked last. */
  | { do: 'cpu' };
export type DataPlaneAnswer = { url: string; cpuMs: number };

let url = '';
let before = process.cpuUsage();
serve(answer, async () => undefined);

async function answer(command: DataPlaneCommand): Promise<DataPlaneAnswer> {
  if (command.do === 'listen') {
    holdInProcess(command.versionId, command.rootKey);
    const { perSecond } = command;
    const limits = { requestsPerSecond: perSecond, itemsPerSecond: perSecond };
    const options = { host: '127.0.0.1', port: 0, remembersMs: 1_000, metricsToken: undefined, ...limits };
    ({ url } = await startDataPlane(options));
  }
  const used = process.cpuUsage(before);
  before = process.cpuUsage();
  return { url, cpuMs: (used.user + used.system) / 1_000 };
}
