import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { version } from '../config/version.ts';
import { Call, type ServerState } from '../data-plane/call.ts';
import { readHealth } from '../operations/installation/read-health.ts';

/** However many ask, the database is asked once in so long. */
const standsMs = 1_000;

/** `/api/health/live` says that there is a process; `/api/health`, whether it is to be sent requests. */
export function makeHealth(state: ServerState): (path: string, req: IncomingMessage, res: ServerResponse) => void {
  let asked: { at: number; report: ReturnType<typeof report> } | undefined;

  async function tell(call: Call): Promise<void> {
    const now = performance.now();
    if (!asked || now - asked.at > standsMs) asked = { at: now, report: report() };
    const found = await asked.report;
    const status = state.isDraining ? 'draining' : found.status;
    call.answer(status === 'ok' ? 200 : 503, { ...found, status });
  }

  return (path, req, res) => {
    res.setHeader('x-content-type-options', 'nosniff');
    const call = new Call('health', req, res, state);
    if (req.method !== 'GET' && req.method !== 'HEAD') call.refuse('not-found');
    else if (path.endsWith('/live')) call.answer(200, { status: 'ok', version });
    else tell(call).catch((error: unknown) => call.fail(error));
  };
}

async function report() {
  const result = await readHealth({ kind: 'anonymous' }, {});
  return result.ok ? result.data : { status: 'unavailable' as const, version };
}
