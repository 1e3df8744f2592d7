import { viewAccount, viewAllAccounts } from './account-view.ts';
import { callIamAsRoot, callKmsAsRoot, ensureAccount } from './administrator.ts';
import { AwsError } from './errors.ts';
import { setOrganization } from './organization.ts';
import { makeReadyAccount } from './ready-account.ts';
import { isPartition, partitionOfRegion, REGIONS } from './regions.ts';
import type { Simulator } from './simulator.ts';
import { createAwsManagedKey, setConnected, setImportedMaterial } from './special-keys.ts';
import type { KmsKey } from './world/types.ts';
import { findKey } from './world/world.ts';

type Body = Record<string, unknown>;

interface Route {
  method: string;
  path: RegExp;
  run(simulator: Simulator, parts: string[], body: unknown, query: URLSearchParams): unknown;
}

/**
 * What the customer does in the AWS console, and what tests ask of the simulator, as JSON under `/_sim/`. The README has the
 * table. `body` is parsed JSON or undefined. Returns what goes into the answer.
 * @throws AwsError, answered as `{ error: { code, message } }`
 */
export async function answerAdmin(simulator: Simulator, method: string, url: URL, body: unknown): Promise<unknown> {
  const here = ROUTES.filter(({ path }) => path.test(url.pathname));
  const route = here.find((candidate) => candidate.method === method);
  if (!route) {
    throw here.length > 0
      ? new AwsError('MethodNotAllowed', `${method} is not for ${url.pathname}.`, 405)
      : new AwsError('NotFound', `There is nothing at ${url.pathname}.`, 404);
  }
  const parts = (route.path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
  return (await route.run(simulator, parts, body, url.searchParams)) ?? {};
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/_sim\/health$/, run: () => ({ status: 'ok' }) },
  { method: 'GET', path: /^\/_sim\/accounts$/, run: ({ world }) => viewAllAccounts(world) },
  {
    method: 'POST',
    path: /^\/_sim\/accounts$/,
    run(simulator, _, body) {
      const { accountId, name, partition } = asObject(body);
      const where = partition === undefined ? undefined : String(partition);
      if (where !== undefined && !isPartition(where))
        throw new AwsError('ValidationError', `There is no partition ${where}.`);
      ensureAccount(simulator, String(accountId), typeof name === 'string' ? name : undefined, where);
      return viewAccount(simulator.world, String(accountId));
    },
  },
  {
    method: 'GET',
    path: /^\/_sim\/accounts\/(\d{12})$/,
    run(simulator, [accountId = '']) {
      const view = viewAccount(simulator.world, accountId);
      if (!view) throw new AwsError('NoSuchEntity', `There is no account ${accountId} yet.`, 404);
      return view;
    },
  },
  {
    method: 'POST',
    path: /^\/_sim\/accounts\/(\d{12})\/iam\/(\w+)$/,
    run: (simulator, [accountId = '', action = ''], body) =>
      callIamAsRoot(simulator, accountId, action, asObject(body)),
  },
  {
    method: 'PUT',
    path: /^\/_sim\/accounts\/(\d{12})\/organization$/,
    run: ({ world }, [accountId = ''], body) => setOrganization(world, accountId, asObject(body)),
  },
  {
    method: 'POST',
    path: /^\/_sim\/accounts\/(\d{12})\/kms\/([a-z0-9-]+)\/(\w+)$/,
    run: (simulator, [accountId = '', region = '', action = ''], body) =>
      callKmsAsRoot(simulator, accountId, knownRegion(region), action, asObject(body)),
  },
  {
    method: 'POST',
    path: /^\/_sim\/accounts\/(\d{12})\/aws-managed-keys$/,
    run(simulator, [accountId = ''], body) {
      const { region, service } = asObject(body);
      ensureAccount(simulator, accountId, undefined, partitionOfRegion(String(region)));
      const key = createAwsManagedKey(simulator, accountId, knownRegion(String(region)), String(service));
      return { keyArn: key.arn, keyId: key.id };
    },
  },
  {
    method: 'PUT',
    path: /^\/_sim\/key-material$/,
    run(simulator, _, body) {
      const { present, validTo } = asObject(body);
      const until = validTo === undefined ? undefined : Date.parse(String(validTo));
      if (Number.isNaN(until)) throw new AwsError('ValidationError', 'validTo is a date in ISO 8601.');
      setImportedMaterial(simulator.world, keyIn(simulator, body), present === true, until);
    },
  },
  {
    method: 'PUT',
    path: /^\/_sim\/key-store-connection$/,
    run(simulator, _, body) {
      setConnected(simulator.world, keyIn(simulator, body), asObject(body).connected === true);
    },
  },
  {
    method: 'POST',
    path: /^\/_sim\/ready-account$/,
    run: (simulator, _, body) => makeReadyAccount(simulator, asObject(body)),
  },
  {
    method: 'GET',
    path: /^\/_sim\/calls$/,
    run({ calls }, _, __, query) {
      const accountId = query.get('accountId') ?? query.get('account');
      const eventName = query.get('eventName');
      const list = calls.list({ ...(accountId ? { accountId } : {}), ...(eventName ? { eventName } : {}) });
      const limit = Number(query.get('limit') ?? list.length);
      return limit > 0 ? list.slice(-limit) : [];
    },
  },
  { method: 'DELETE', path: /^\/_sim\/calls$/, run: ({ calls }) => calls.clear() },
  { method: 'GET', path: /^\/_sim\/faults$/, run: ({ faults }) => faults.list() },
  {
    method: 'PUT',
    path: /^\/_sim\/faults$/,
    run({ faults }, _, body) {
      faults.set(body);
      return faults.list();
    },
  },
  { method: 'DELETE', path: /^\/_sim\/faults$/, run: ({ faults }) => faults.set([]) },
];

function asObject(body: unknown): Body {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AwsError('ValidationError', 'The body must be a JSON object.');
  }
  return body as Body;
}

function keyIn({ world }: Simulator, body: unknown): KmsKey {
  const { keyArn } = asObject(body);
  const key = findKey(world, String(keyArn));
  if (!key) throw new AwsError('NotFoundException', `Key '${String(keyArn)}' does not exist`, 404);
  return key;
}

function knownRegion(region: string): string {
  if (!REGIONS.has(region)) throw new AwsError('ValidationError', `There is no region ${region}.`);
  return region;
}
