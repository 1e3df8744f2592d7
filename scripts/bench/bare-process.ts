/**
 * What the data plane is held against: node:http alone, which parses the same JSON and calls createCipheriv with a key that is
 * there and an IV that counts. No token, no look at what it is given, no context, no way back to a data key.
 */
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './child.ts';
import type { DataPlaneAnswer } from './data-plane-process.ts';

const key = createSecretKey(randomBytes(32));
const iv = Buffer.alloc(12);
let count = 0;
let before = process.cpuUsage();

const server = createServer((req, res) => {
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    const { items } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { items: { plaintext: string }[] };
    const body = JSON.stringify({ items: items.map(({ plaintext }) => ({ envelope: seal(plaintext) })) });
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    res.end(body);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
serve(answer, async () => undefined);

async function answer(): Promise<DataPlaneAnswer> {
  const used = process.cpuUsage(before);
  before = process.cpuUsage();
  return { url, cpuMs: (used.user + used.system) / 1_000 };
}

function seal(plaintext: string): string {
  iv.writeUInt32BE(++count, 8);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = cipher.update(Buffer.from(plaintext, 'base64'));
  cipher.final();
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64');
}
