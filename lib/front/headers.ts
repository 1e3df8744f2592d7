import type { IncomingMessage } from 'node:http';
import { peerHeader } from '../config/peer-header.ts';

export type PublicAddress = {
  /** Where browsers find this installation. What the pages know of their address is this. */
  publicUrl: string;
  /** Takes a request's own Host for the address's: for a demo, which people reach by whatever name their machine has. */
  trustsHost: boolean;
};

/** Of one connection alone (RFC 9110, section 7.6.1), or said anew for the next one. */
const ofTheConnection = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding'],
  ...['upgrade', 'http2-settings', 'expect', 'content-length'],
];

/** What would tell the pages who they are, or who asks: ours to say. */
const ours = [
  ...['host', 'forwarded', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-server'],
  ...['x-forwarded-prefix', 'x-forwarded-ssl', 'x-forwarded-protocol', 'x-url-scheme', 'x-original-host'],
  ...['x-request-id', peerHeader],
];

/** The headers of a request as they go on to the pages: names and values in turn. */
export function headersOn(
  req: IncomingMessage,
  { publicUrl, trustsHost }: PublicAddress,
  { requestId, bytes, contentType }: { requestId: string; bytes: number | undefined; contentType: string | undefined },
): string[] {
  const { host, protocol, port } = new URL(publicUrl);
  const ownHost = trustsHost ? (req.headers.host ?? host) : host;
  const headers = [
    ...['host', ownHost, 'x-forwarded-host', ownHost, 'x-forwarded-proto', protocol.slice(0, -1)],
    ...['x-forwarded-port', port || (protocol === 'https:' ? '443' : '80')],
    ...[peerHeader, req.socket.remoteAddress ?? '', 'x-request-id', requestId],
    ...(contentType === undefined ? [] : ['content-type', contentType]),
    ...kept(req, [...ofTheConnection, ...ours, ...(contentType === undefined ? [] : ['content-type'])]),
  ];
  // A body that is empty, where one is usual, says so: without a word it would be waited for.
  if (bytes !== undefined || ['POST', 'PUT', 'PATCH'].includes(req.method ?? ''))
    headers.push('content-length', String(bytes ?? 0));
  return headers;
}

/** The headers of an answer as they go back. */
export function headersBack(answered: IncomingMessage, requestId: string): string[] {
  const length = answered.headers['content-length'];
  return [
    ...kept(answered, [...ofTheConnection, 'x-request-id', peerHeader]),
    ...(length === undefined ? [] : ['content-length', length]),
    ...['x-request-id', requestId],
  ];
}

function kept({ rawHeaders, headers }: IncomingMessage, without: readonly string[]): string[] {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...without, ...named]);
  const all: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!dropped.has(name.toLowerCase())) all.push(name, value);
  }
  return all;
}
