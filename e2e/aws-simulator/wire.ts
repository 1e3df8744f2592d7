import type { IncomingHttpHeaders } from 'node:http';
import { AwsError, unsupported } from './errors.ts';
import type { Service } from './sigv4.ts';

/** One HTTP request, read to its end. */
export interface WireRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  remoteAddress: string;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type ServiceRequest =
  | { service: 'kms'; action: string; input: Record<string, unknown> }
  | { service: 'sts' | 'iam'; action: string; input: Record<string, string> };

const NAMESPACES = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
} as const;

/**
 * Tells the services apart: KMS speaks JSON 1.1 with a target header, STS and IAM the query protocol in versions of their own.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function parseServiceRequest({ method, url, headers, body }: WireRequest): ServiceRequest {
  if (method !== 'POST' || url !== '/') throw unsupported(`${method} ${url.split('?')[0]}`);
  const contentType = headers['content-type'] ?? '';
  const target = headers['x-amz-target'];
  if (contentType.startsWith('application/x-amz-json-1.1') && typeof target === 'string') {
    const [service, action = ''] = target.split('.');
    if (service !== 'TrentService') throw unsupported(`the service ${service}`);
    return { service: 'kms', action, input: parseJsonObject(body) };
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const input = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    return { service: input.Version === '2010-05-08' ? 'iam' : 'sts', action: input.Action ?? '', input };
  }
  throw unsupported(`requests of type ${contentType || 'unknown'}`);
}

export function renderKms(output: object, requestId: string): WireAnswer {
  return json(200, output, requestId);
}

/** An answer of the query protocol: STS or IAM. */
export function renderQuery(service: 'sts' | 'iam', action: string, result: object, requestId: string): WireAnswer {
  const body =
    `<${action}Response xmlns="${NAMESPACES[service]}"><${action}Result>${elements(result)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** An error in the words of the service's protocol. A request of no known service is answered in JSON. */
export function renderError(service: Service | undefined, error: AwsError, requestId: string): WireAnswer {
  if (service !== 'sts' && service !== 'iam')
    return json(error.status, { __type: error.code, message: error.message }, requestId);
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const body =
    `<ErrorResponse xmlns="${NAMESPACES[service]}"><Error>` +
    `${elements({ Type: type, Code: error.code, Message: error.message })}</Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

function json(status: number, output: object, requestId: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(output),
  };
}

/** A list is an element whose items are called `member`. */
function elements(result: object): string {
  return Object.entries(result)
    .map(([name, value]) => `<${name}>${element(value)}</${name}>`)
    .join('');
}

function element(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${element(item)}</member>`).join('');
  return typeof value === 'object' && value !== null ? elements(value) : escapeXml(String(value));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function parseJsonObject(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The body is not a JSON object.');
  }
  return value as Record<string, unknown>;
}
