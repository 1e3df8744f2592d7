/**
 * The Vault of Tests: a key service of its own kind, on the loopback. Web process, worker and data plane ask it as they would a
 * cloud; the test is its keeper, and locks slots, takes marks away or has it fall silent.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SlotState = 'open' | 'locked';
type Slot = { number: string; material: Buffer; state: SlotState; token: string | null; mark: string | null };

export type Vault = Awaited<ReturnType<typeof startVault>>;

export async function startVault() {
  const slots = new Map<string, Slot>();
  let silent = false;
  let calls = 0;
  const server = createServer(async (request, response) => {
    calls++;
    if (silent) return void request.socket.destroy();
    const { status, body } = await answer(slots, request).catch(() => refuse(500, 'broken'));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...body, call: randomUUID() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const slotAt = (place: string): Slot => {
    const slot = slots.get(place);
    if (!slot) throw new Error(`there is no slot ${place}`);
    return slot;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** @param place `north-hall/first` @returns the slot's own name */
    fill(place: string, { token = null, mark = null }: { token?: string | null; mark?: string | null }): string {
      const slot: Slot = {
        number: randomBytes(4).toString('hex'),
        material: randomBytes(32),
        state: 'open',
        token,
        mark,
      };
      slots.set(place, slot);
      return nameOf(place, slot);
    },
    set(place: string, state: SlotState): void {
      slotAt(place).state = state;
    },
    mark(place: string, mark: string | null): void {
      slotAt(place).mark = mark;
    },
    empty(place: string): void {
      slots.delete(place);
    },
    fallSilent(on: boolean): void {
      silent = on;
    },
    calls: () => calls,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Answer = { status: number; body: object };

async function answer(slots: ReadonlyMap<string, Slot>, request: IncomingMessage): Promise<Answer> {
  const [, hall, name, action] = (request.url ?? '').split('/');
  const place = `${hall}/${name}`;
  const slot = slots.get(place);
  if (!slot) return refuse(404, 'no-such-slot');
  const { 'x-vault-token': token, 'x-vault-badge': badge } = request.headers;
  const isLetIn = slot.token !== null ? token === slot.token : slot.mark !== null && badge === slot.mark;
  if (!isLetIn) return refuse(403, 'not-admitted');
  if (slot.state === 'locked') return refuse(409, 'slot-locked');
  const key = nameOf(place, slot);
  const { bytes = '', context = '' } = await read(request);
  const given = Buffer.from(bytes, 'base64');
  switch (action) {
    case 'look':
      return { status: 200, body: { key } };
    case 'make': {
      const made = randomBytes(32);
      return { status: 200, body: { key, plain: text(made), wrapped: text(wrap(slot, made, context)) } };
    }
    case 'wrap':
      return { status: 200, body: { key, wrapped: text(wrap(slot, given, context)) } };
    case 'unwrap': {
      const plain = unwrap(slot, given, context);
      return plain ? { status: 200, body: { key, plain: text(plain) } } : refuse(422, 'not-of-this-slot');
    }
    default:
      return refuse(400, 'no-such-act');
  }
}

function wrap({ material }: Slot, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', material, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unwrap({ material }: Slot, wrapped: Buffer, context: string): Buffer | undefined {
  if (wrapped.length !== 12 + 32 + 16) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', material, wrapped.subarray(0, 12));
    decipher.setAAD(Buffer.from(context)).setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  } catch {
    return undefined;
  }
}

async function read(request: IncomingMessage): Promise<{ bytes?: string; context?: string }> {
  let body = '';
  for await (const piece of request) body += piece;
  return body === '' ? {} : JSON.parse(body);
}

function nameOf(place: string, { number }: Slot): string {
  return `vault:${place}:${number}`;
}

function refuse(status: number, error: string): Answer {
  return { status, body: { error } };
}

function text(bytes: Buffer): string {
  return bytes.toString('base64');
}
