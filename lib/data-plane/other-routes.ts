import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { callerOf } from '../auth/bearer.ts';
import { hashSecretToken } from '../auth/secret-token.ts';
import { version } from '../config/version.ts';
import { sinceLastBeat } from '../db/heartbeat-store.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import type { Call } from './call.ts';
import type { Metrics } from './metrics.ts';

const databaseAnswersMs = 3_000;
/** However many ask, the database is asked once in so long. */
const healthStandsMs = 1_000;

/** Answers whether this process can do its work; says no more than that, to anybody. */
export function makeHealth(isDraining: () => boolean): (call: Call) => Promise<void> {
  let asked: { at: number; works: Promise<boolean> } | undefined;
  return async (call) => {
    const now = performance.now();
    if (!asked || now - asked.at > healthStandsMs) asked = { at: now, works: databaseWorks() };
    const works = await asked.works;
    const status = isDraining() ? 'draining' : works ? 'ok' : 'unavailable';
    call.answer(status === 'ok' ? 200 : 503, { status, version });
  };
}

/** Whether there is a process that answers at all: what it depends on is no reason to start it again. */
export function isAlive(call: Call): void {
  call.answer(200, { status: 'ok', version });
}

/**
 * Answers Prometheus: with a token set, whoever sends it; without, only who asks from this machine, and not through a proxy.
 */
export async function answerMetrics(call: Call, metrics: Metrics, token: string | undefined): Promise<void> {
  if (!maySee(call, token)) {
    call.refuse(token ? 'unauthenticated' : 'not-found');
    return;
  }
  const { registry } = metrics;
  const text = Buffer.from(await registry.metrics());
  call.answerBytes(text, registry.contentType);
}

function maySee({ req }: Call, token: string | undefined): boolean {
  if (token) {
    const caller = callerOf(req.headers.authorization ?? '');
    const given = caller.kind === 'token' ? caller.bearer : '';
    return timingSafeEqual(hashSecretToken(given), hashSecretToken(token));
  }
  const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];
  return isLoopback(req.socket.remoteAddress) && passedOn.every((name) => req.headers[name] === undefined);
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
}

async function databaseWorks(): Promise<boolean> {
  try {
    await withTimeout(databaseAnswersMs, sinceLastBeat());
    return true;
  } catch {
    return false;
  }
}
