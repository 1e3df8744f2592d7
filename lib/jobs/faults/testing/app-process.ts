/**
 * An application process for tests that is meant to be killed: a vendor's service that writes and reads the data of a
 * tenant's apps in a loop, and says what it wrote and every error it saw. It ends when it is asked to.
 */
import { randomUUID } from 'node:crypto';
import { openRecords } from '#lib/key-lifecycle/open-records.ts';
import { decryptItems } from '#lib/operations/data/decrypt-items.ts';
import { encryptItems } from '#lib/operations/data/encrypt-items.ts';
import { openRecentRecords } from '#lib/operations/data/open-recent-records.ts';
import type { Caller } from '../../../auth/identify.ts';
import { Refusal } from '../../../byok/errors.ts';
import { closeDatabase, isDatabaseBusy, isDatabaseDown } from '../../../db/client.ts';
import { insertRecords, listRecentRecords, recordContext } from '../../../db/record-store.ts';
import { EnvelopeError } from '../../../envelope/errors.ts';
import { parseEnvelope } from '../../../envelope/format.ts';
import { sealItems } from '../../../envelope/seal.ts';
import { cachedSource, closeKeyring } from '../../../keyring/keyring.ts';
import { type Act, type AppOrders, contextOf, type Said, type Sealed, textOf } from './messages.ts';

const orders: AppOrders = JSON.parse(process.argv[2] ?? '');
const token: Caller = { kind: 'token', bearer: orders.bearer };
const admin: Caller = { kind: 'session', sessionId: orders.sessionId };
/** Leaves the others of a small machine their share. */
const pauseMs = 100;
/** Envelopes to read again: what an app wrote last, and some of long ago. */
const remembered = 200;

let working = true;
process.once('message', () => {
  working = false;
});
process.once('disconnect', () => process.exit(0));

say({ say: 'running' });
await Promise.all(orders.appIds.map(serve));
await closeKeyring();
await closeDatabase();
process.send?.({ say: 'ended' } satisfies Said, () => process.exit(0));

/** One app's traffic, one act after the other. */
async function serve(appId: string): Promise<void> {
  const known = orders.known.filter((item) => item.appId === appId);
  for (let turn = 0; working; turn++) {
    await act('encrypt', () => encrypt(appId, known));
    await act('decrypt', () => decrypt(appId, known));
    await act('store', () => store(appId));
    await act('open', () => open(appId));
    // Past every cache and written into the history, so more seldom.
    if (turn % 5 === 4) await act('show', () => show(appId));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function act(what: Act, work: () => Promise<{ code: string; detail: string } | undefined>): Promise<void> {
  const refused = await work().catch((error: unknown) => ({
    code: codeOf(error),
    detail: error instanceof Error ? `${error.stack}` : String(error),
  }));
  if (refused) say({ say: 'refused', what, ...refused });
}

async function encrypt(appId: string, known: Sealed[]) {
  const drafts = [0, 1].map(() => ({ appId, text: `text ${randomUUID()}`, n: randomUUID() }));
  const items = drafts.map((item) => ({ plaintext: base64(item.text), context: contextOf(item) }));
  const result = await encryptItems(token, { appId, items });
  if (!result.ok) return refusal(result.error);
  const sealed: Sealed[] = [];
  for (const [index, answer] of result.data.items.entries()) {
    const draft = drafts[index];
    if ('error' in answer) return refusal(answer.error);
    if (draft) sealed.push({ ...draft, envelope: answer.envelope });
  }
  say({ say: 'sealed', items: sealed });
  known.push(...sealed);
  if (known.length > remembered) known.splice(Math.floor(remembered / 4), sealed.length);
  return undefined;
}

async function decrypt(appId: string, known: Sealed[]) {
  const wanted = [known[0], known[Math.floor(Math.random() * known.length)], known.at(-1)].filter((item) => !!item);
  if (wanted.length === 0) return undefined;
  const items = wanted.map((item) => ({ envelope: item.envelope, context: contextOf(item) }));
  const result = await decryptItems(token, { appId, items });
  if (!result.ok) return refusal(result.error);
  for (const [index, answer] of result.data.items.entries()) {
    if ('error' in answer) return refusal(answer.error);
    if (answer.plaintext !== base64(wanted[index]?.text ?? '')) return wrong(`envelope of ${wanted[index]?.n}`);
  }
  say({ say: 'read', count: items.length });
  return undefined;
}

/** As every service stores: where the data key was replaced meanwhile, nothing was stored and it is sealed again. */
async function store(appId: string) {
  const scope = { tenantId: orders.tenantId, appId };
  const ids = [randomUUID(), randomUUID()];
  for (let attempt = 1; attempt <= 5; attempt++) {
    const envelopes = await sealItems(
      cachedSource(),
      scope,
      ids.map((id) => ({ plaintext: Buffer.from(textOf(id)), context: recordContext(id) })),
    );
    const rows = envelopes.map((envelope, index) => ({
      ...scope,
      id: ids[index] ?? '',
      kind: 'message' as const,
      name: '',
      envelope,
      dataKeyId: parseEnvelope(envelope).dataKeyId,
      createdAt: new Date(),
    }));
    const stored = await insertRecords(rows);
    if (stored === ids.length) {
      say({ say: 'stored', ids });
      return undefined;
    }
    if (stored > 0) return { code: 'half-stored', detail: `${stored} of ${ids.length} records` };
  }
  return { code: 'not-stored', detail: 'the data key was replaced five times in a row' };
}

async function open(appId: string) {
  const rows = await listRecentRecords({ tenantId: orders.tenantId, appId }, 20);
  const results = await openRecords(cachedSource(), rows);
  for (const [index, result] of results.entries()) {
    const id = rows[index]?.id ?? '';
    if (!result.ok) throw result.error;
    if (result.plaintext.toString() !== textOf(id)) return wrong(`record ${id}`);
  }
  say({ say: 'read', count: rows.length });
  return undefined;
}

async function show(appId: string) {
  const result = await openRecentRecords(admin, { appId });
  if (!result.ok) return refusal(result.error);
  const other = result.data.records.find(({ id, plaintext }) => plaintext !== textOf(id));
  say({ say: 'read', count: result.data.records.length });
  return other && wrong(`record ${other.id}`);
}

/** As the operations' own wrapper says it. */
function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  if (isDatabaseDown(error) || isDatabaseBusy(error)) return 'unavailable';
  return error instanceof EnvelopeError ? 'cannot-open' : 'internal';
}

function refusal({ code, details }: { code: string; details?: object }) {
  return { code, detail: JSON.stringify(details ?? {}) };
}

function wrong(what: string) {
  return { code: 'wrong-plaintext', detail: `${what} opened as something else` };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function say(message: Said): void {
  process.send?.(message);
}
