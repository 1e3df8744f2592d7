/** Addresses and their ranges in CIDR notation, IPv4 and IPv6, as the operators IpAddress and NotIpAddress take them. */

export type AddressRange = { bits: string; prefix: number };

/** An address by itself is a range of one. Null where it is none. */
export function readRange(text: string): AddressRange | null {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  const bits = address.includes(':') ? bitsOfV6(address) : bitsOfV4(address);
  if (bits === null) return null;
  if (length === undefined) return { bits, prefix: bits.length };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return prefix >= 0 && prefix <= bits.length ? { bits, prefix } : null;
}

export function isInRange(address: string, range: string): boolean {
  const one = readRange(address);
  const other = readRange(range);
  if (!one || !other || one.bits.length !== other.bits.length) return false;
  return one.bits.slice(0, other.prefix) === other.bits.slice(0, other.prefix);
}

function bitsOfV4(text: string): string | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
}

function bitsOfV6(text: string): string | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...(head ?? []), ...new Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
