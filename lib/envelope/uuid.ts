/** Who a data key belongs to. All three are UUIDs. */
export type DataKeyIds = Readonly<{ dataKeyId: string; tenantId: string; appId: string }>;

/**
 * The 16 bytes of a UUID in its text form, whatever its version and case.
 * @throws TypeError when `id` is not a UUID: identifiers are parsed at the edge, so this is a mistake in our own code.
 */
export function uuidToBytes(id: string): Buffer<ArrayBuffer> {
  if (!UUID.test(id)) throw new TypeError('An identifier is not a UUID.');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/**
 * The canonical lower-case text of the 16 bytes from `at` on. Any 16 bytes are accepted.
 * @throws RangeError when there are fewer.
 */
export function uuidFromBytes(bytes: Buffer, at = 0): string {
  if (bytes.length - at < 16) throw new RangeError('A UUID has 16 bytes.');
  // The same few data keys are named again and again, and whoever looks one up has its text hashed already.
  const exactly = bytes.toString('latin1', at, at + 16);
  const known = TEXTS.get(exactly);
  if (known !== undefined) return known;
  const hex = bytes.toString('hex', at, at + 16);
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  if (TEXTS.size >= MAX_TEXTS) TEXTS.clear();
  TEXTS.set(exactly, text);
  return text;
}

/** Data key, tenant and app ID behind one another, 48 bytes: how all of them enter a MAC. */
export function idBytes(ids: DataKeyIds): Buffer<ArrayBuffer> {
  const all = [ids.dataKeyId, ids.tenantId, ids.appId];
  if (!all.every((id) => UUID.test(id))) throw new TypeError('An identifier is not a UUID.');
  return Buffer.from(all.join('').replaceAll('-', ''), 'hex');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** By their bytes as latin1, each of which is one character. */
const TEXTS = new Map<string, string>();
const MAX_TEXTS = 1024;
