import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { getConfig } from '../config/config.ts';
import { switchDatabase } from '../db/client.ts';
import { schemas } from './schemas.ts';
import type { DataPlane } from './server.ts';
import { makeServedWorld, pathOf, post, serve } from './testing/served-world.ts';

const hello = 'aGVsbG8=';
let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;

beforeAll(async () => {
  served = await makeServedWorld();
  plane = await serve();
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});

const seal = (items: unknown[]) =>
  post(plane, pathOf(served.appId, 'encrypt'), { token: served.token, body: { items } });

describe('the description', () => {
  it('is valid OpenAPI 3.1 and names every route that there is, and no other', async () => {
    const description = (await (await fetch(`${plane.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(await new Validator().validate(structuredClone(description))).toEqual({ valid: true });
    expect(description.openapi).toMatch(/^3\.1\./);
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([...plane.routes].sort());
  });

  it('describes what is really sent and answered', async () => {
    const items = [{ plaintext: hello, context: { a: '1' } }];
    expect(schemas.EncryptRequest.parse({ items })).toEqual({ items });
    const sealed = await seal([...items, { plaintext: 7 }]);
    expect(schemas.EncryptAnswer.parse(sealed.body)).toEqual(sealed.body);
    const [first] = (sealed.body as { items: [{ envelope: string }] }).items;
    const back = { items: [{ ...first, context: { a: '1' } }, { envelope: hello }] };
    expect(schemas.DecryptRequest.parse(back)).toEqual(back);
    const opened = await post(plane, pathOf(served.appId, 'decrypt'), { token: served.token, body: back });
    expect(schemas.DecryptAnswer.parse(opened.body)).toEqual(opened.body);
    const refused = await seal([]);
    expect(schemas.Refusal.parse(refused.body)).toEqual(refused.body);
  });
});

describe('metrics', () => {
  const metricsOf = async (own: DataPlane, headers: Record<string, string> = {}) =>
    fetch(`${own.url}/metrics`, { headers });

  it('tell of requests, calls of wrapping keys and copies, and of no tenant', async () => {
    const own = await serve();
    onTestFinished(() => own.drain(500));
    await post(own, pathOf(served.appId, 'encrypt'), { token: served.token, body: { items: [{ plaintext: hello }] } });
    const text = await (await metricsOf(own)).text();
    for (const line of [
      'keyward_data_plane_requests_total{route="encrypt",status="200"} 1',
      'keyward_data_plane_request_seconds_count{route="encrypt"} 1',
      'keyward_data_plane_request_seconds_bucket{le="+Inf",route="encrypt"} 1',
      'keyward_data_plane_requests_in_flight 1',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(
      /^keyward_kms_operations_total\{key="platform",action="GenerateDataKey",outcome="answered"\} \d+$/m,
    );
    expect(text).toMatch(/^keyward_data_key_cache_(hits|misses)_total \d+$/m);
    const { acme } = served.world;
    for (const name of [acme.id, acme.name, served.appId, served.token, served.token.slice(0, 10)])
      expect(text).not.toContain(name);
  });

  it('are for this machine alone, not for what a proxy passes on', async () => {
    expect((await metricsOf(plane)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await metricsOf(plane, { [name]: '127.0.0.1' })).status).toBe(404);
  });

  it('or for whoever has their token, where there is one', async () => {
    const own = await serve({ metricsToken: 'a token for metrics' });
    onTestFinished(() => own.drain(500));
    expect((await metricsOf(own)).status).toBe(401);
    expect((await metricsOf(own, { authorization: `Bearer ${served.token}` })).status).toBe(401);
    const other = await serve({ metricsToken: 'metrics-0123456789' });
    onTestFinished(() => other.drain(500));
    expect((await metricsOf(other, { authorization: 'Bearer metrics-0123456789' })).status).toBe(200);
  });
});

describe('health', () => {
  it('is good while the database answers', async () => {
    const answer = await fetch(`${plane.url}/health`);
    expect(answer.status).toBe(200);
    const body = await answer.json();
    expect(schemas.Health.parse(body)).toEqual(body);
  });

  it('is bad while it does not, and requests that are not warm are refused as unavailable', async () => {
    const own = await serve({ remembersMs: 0 });
    onTestFinished(() => own.drain(500));
    const { databaseUrl } = getConfig();
    await switchDatabase('postgresql://nobody@127.0.0.1:1/nothing');
    onTestFinished(() => switchDatabase(databaseUrl));
    expect((await fetch(`${own.url}/health`)).status).toBe(503);
    const answer = await post(own, pathOf(served.appId, 'encrypt'), { token: served.token, body: { items: [] } });
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ error: { code: 'unavailable' } });
  });
});
