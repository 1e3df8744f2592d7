import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dataKeyCheck } from './check-value.ts';
import { createEnvelopes } from './envelopes.ts';
import { type LeasedKeysOptions, leasedKeys } from './http-source.ts';

export type Asked = { appId: string; dataKeyId?: string; messages: number };
type Refused = { status: number; code: string };
type App = { current: string; keys: Map<string, Buffer> };

/** For tests: lends data keys as Keyward's data plane does, and does what a test tells it to. */
export async function startLender() {
  const tenantId = randomUUID();
  const token = `kw_${randomBytes(32).toString('base64url')}`;
  const apps = new Map<string, App>();
  const asked: Asked[] = [];
  const state = {
    leaseSeconds: 300,
    stale: false,
    refuse: undefined as Refused | undefined,
    /** Answers wait for it. */
    hold: Promise.resolve(),
    /** What is put over an answer. */
    twist: {} as Record<string, unknown>,
    /** Answered as it is, with status 200. */
    raw: undefined as string | undefined,
  };
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const refuse = ({ status, code }: Refused) => answer(status, { error: { code, requestId: 'request-1' } });
    if (request.headers.authorization !== `Bearer ${token}`) return refuse({ status: 401, code: 'unauthenticated' });
    const appId = /^\/api\/v1\/apps\/([^/]+)\/leases$/.exec(request.url ?? '')?.[1] ?? '';
    const { dataKeyId, messages = 65_536 } = JSON.parse(await textOf(request));
    asked.push({ appId, messages, ...(dataKeyId && { dataKeyId }) });
    await state.hold;
    if (state.raw !== undefined) return answer(200, state.raw);
    if (state.refuse) return refuse(state.refuse);
    const app = apps.get(appId);
    const id = dataKeyId ?? app?.current;
    const raw = app?.keys.get(id);
    if (raw === undefined) return refuse({ status: 404, code: 'not-found' });
    const check = dataKeyCheck(raw, { dataKeyId: id, tenantId, appId }).toString('base64');
    const { leaseSeconds, stale, twist } = state;
    answer(200, {
      dataKeyId: id,
      tenantId,
      appId,
      key: raw.toString('base64'),
      check,
      leaseSeconds,
      messages,
      ...(stale && { stale }),
      ...twist,
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    tenantId,
    asked,
    state,
    /** Another data key for the app's new data. @returns its ID */
    rotate(appId: string): string {
      const app = apps.get(appId) ?? { current: '', keys: new Map<string, Buffer>() };
      app.current = randomUUID();
      app.keys.set(app.current, randomBytes(32));
      apps.set(appId, app);
      return app.current;
    },
    close: () => new Promise<void>((closed) => void server.close(() => closed()).closeAllConnections()),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

export const APP = randomUUID();
export const PLAINTEXT = Buffer.from('Mr Jones, 12 March, allergic to penicillin');
export const CONTEXT = { table: 'patients', column: 'notes', record: '17' };

/** A lender with one app, and services that borrow from it, all by one clock, which stands until a test moves it. */
export async function startLending() {
  const lender = await startLender();
  const current = lender.rotate(APP);
  const scope = { tenantId: lender.tenantId, appId: APP };
  const time = { now: 0 };
  const borrower = (options: Partial<LeasedKeysOptions> = {}) => {
    const { url, token } = lender;
    const source = leasedKeys({ url, token, clock: () => time.now, ...options });
    const envelopes = createEnvelopes({ source });
    const seal = () => envelopes.seal(scope, PLAINTEXT, CONTEXT);
    const open = (envelope: Buffer) => envelopes.open(scope, envelope, CONTEXT);
    return { source, envelopes, seal, open };
  };
  /** Answers wait until the function that this gives is called. */
  const holdAnswers = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    lender.state.hold = promise;
    return resolve;
  };
  return { lender, current, scope, time, borrower, holdAnswers };
}
