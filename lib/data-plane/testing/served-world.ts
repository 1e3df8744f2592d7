/** For tests: a world (lib/operations/testing) whose services are served by a data plane in this process. */
import { getConfig } from '../../config/config.ts';
import { makeWorld, type World } from '../../operations/testing/world.ts';
import { type DataPlane, type DataPlaneOptions, startDataPlane } from '../server.ts';

export type Answer = { status: number; headers: Headers; body: unknown };

export const defaults: DataPlaneOptions = {
  host: '127.0.0.1',
  port: 0,
  requestsPerSecond: 100_000,
  itemsPerSecond: 1_000_000,
  remembersMs: 1_000,
  metricsToken: undefined,
};

export function serve(options: Partial<DataPlaneOptions> = {}): Promise<DataPlane> {
  return startDataPlane({ ...defaults, remembersMs: getConfig().dataPlaneRemembersMs, ...options });
}

/** A world with nothing stored in it, and the bearer tokens of its callers. */
export async function makeServedWorld(options: Parameters<typeof makeWorld>[0] = {}) {
  const world = await makeWorld({ apps: 2, recordsPerApp: 0, ...options });
  const [app, other] = world.acme.apps;
  const appId = app?.id ?? '';
  return {
    world,
    appId,
    otherAppId: other?.id ?? '',
    foreignAppId: world.globex.apps[0]?.id ?? '',
    token: bearerOf(world.callers.token),
    foreignToken: bearerOf(world.callers.foreignToken),
  };
}

export function bearerOf(caller: World['callers']['token']): string {
  if (caller.kind !== 'token') throw new Error('This caller has no token.');
  return caller.bearer;
}

/** POST with a token; a body that is no text is sent as JSON. */
export async function post(
  { url }: Pick<DataPlane, 'url'>,
  path: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export function pathOf(appId: string, action: string): string {
  return `/api/v1/apps/${appId}/${action}`;
}

/** How many batches were answered from memory. */
export async function warmBatches({ url }: Pick<DataPlane, 'url'>): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^keyward_data_plane_warm_batches_total (\d+)$/m.exec(text)?.[1]);
}

/** Sends until it is answered from memory. */
export async function warmUp(plane: Pick<DataPlane, 'url'>, send: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const before = await warmBatches(plane);
    await send();
    if ((await warmBatches(plane)) > before) return;
  }
  throw new Error('Nothing was answered from memory.');
}
