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

/** The canonical lower-case text of 16 bytes. Any 16 bytes are accepted. */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError('A UUID has 16 bytes.');
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Data key, tenant and app ID behind one another, 48 bytes: how all of them enter a MAC. */
export function idBytes(ids: DataKeyIds): Buffer<ArrayBuffer> {
  const all = [ids.dataKeyId, ids.tenantId, ids.appId];
  if (!all.every((id) => UUID.test(id))) throw new TypeError('An identifier is not a UUID.');
  return Buffer.from(all.join('').replaceAll('-', ''), 'hex');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
