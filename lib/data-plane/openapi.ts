import 'server-only';
import * as z from '../byok/zod-config.ts';
import { version } from '../config/version.ts';
import { type SchemaName, schemas } from './schemas.ts';

/** The interface in OpenAPI 3.1, made of the schemas of what goes in and out. */
export function describeInterface(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keyward data plane',
      version,
      description: 'Encrypts and decrypts the data of one tenant’s apps, under the tenant’s own key.',
    },
    security: [{ bearer: [] }],
    paths: {
      [ofApp('encrypt')]: { post: items('Seal a batch', 'EncryptRequest', 'EncryptAnswer') },
      [ofApp('decrypt')]: { post: items('Open a batch', 'DecryptRequest', 'DecryptAnswer') },
      [ofApp('encrypt-stream')]: { post: stream('Seal a stream of any length into a version 2 envelope') },
      [ofApp('decrypt-stream')]: {
        post: stream('Open a stream: the output is authenticated, and complete only if the answer ends normally'),
      },
      [ofApp('leases')]: { post: lease() },
      '/health': { get: health() },
      '/health/live': { get: live() },
      '/metrics': { get: metrics() },
      '/openapi.json': { get: thisDescription() },
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A token of one tenant.' } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
    },
  };
}

function ofApp(action: string): string {
  return `/api/v1/apps/{appId}/${action}`;
}

function items(summary: string, request: SchemaName, answer: SchemaName): object {
  return {
    summary,
    description: 'Up to 100 items of 1 MiB; each is answered or refused on its own, at its place.',
    parameters: [appId()],
    requestBody: { required: true, content: json(request) },
    responses: { 200: answered(json(answer)), ...refusals() },
  };
}

function stream(summary: string): object {
  const context = {
    name: 'Keyward-Context',
    in: 'header',
    required: false,
    description: 'The stream’s context: base64url of a JSON object of texts. Absent: an empty one.',
    schema: { type: 'string' },
  };
  return {
    summary,
    description:
      'Read the answer while you send. A stream that breaks is cut off: the connection ends before the answer does.',
    parameters: [appId(), context],
    requestBody: { required: true, content: bytes() },
    responses: { 200: answered(bytes()), ...refusals() },
  };
}

function lease(): object {
  return {
    summary: 'Lease a data key',
    description: 'For a service that encrypts by itself. Needs the action `lease`. The history shows each lease.',
    parameters: [appId()],
    requestBody: { required: false, content: json('LeaseRequest') },
    responses: { 200: answered(json('LeaseAnswer')), ...refusals() },
  };
}

function health(): object {
  return {
    summary: 'Whether this process can do its work',
    security: [],
    responses: {
      200: answered(json('Health')),
      503: { ...answered(json('Health')), description: 'It cannot, or it is about to end.' },
    },
  };
}

function live(): object {
  return {
    summary: 'Whether this process is alive, regardless of what it depends on',
    security: [],
    responses: { 200: answered(json('Live')) },
  };
}

function metrics(): object {
  return {
    summary: 'Prometheus metrics, for this machine or with the metrics token',
    security: [{}, { bearer: [] }],
    responses: { 200: answered({ 'text/plain': { schema: { type: 'string' } } }), ...refusals() },
  };
}

function thisDescription(): object {
  return {
    summary: 'This description',
    security: [],
    responses: { 200: answered({ 'application/json': { schema: { type: 'object' } } }) },
  };
}

function refusals(): object {
  const refusal = { ...answered(json('Refusal')), description: 'Refused: the code says why, `next` what to do.' };
  const waits = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } };
  return { 429: { ...refusal, headers: { ...requestId(), 'Retry-After': waits } }, default: refusal };
}

function answered(content: object): object {
  return { description: 'Done.', headers: requestId(), content };
}

function requestId(): object {
  const schema = { type: 'string', format: 'uuid' };
  return { 'X-Request-Id': { description: 'Of this request, in log and history, too.', schema } };
}

function appId(): object {
  return { name: 'appId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
}

function json(name: SchemaName): object {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

function bytes(): object {
  return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
}

/** OpenAPI 3.1's schemas are those of JSON Schema 2020-12. */
function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
}
