import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whoever cannot be told apart counts as one. */
export const unknownSource = 'unknown';

/**
 * Where a request came from, as what is counted by: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address
 * of it has them all. `peer` is the other end of the socket. Only what a trusted proxy says of who called it is believed:
 * X-Forwarded-For is read from its end, each entry while the one that wrote it is trusted.
 */
export function sourceOf(
  request: { peer: string | null; forwardedFor: string | null },
  trustedProxies: readonly string[],
): string {
  let address = parseAddress(request.peer ?? '');
  if (!address) return unknownSource;
  for (const entry of (request.forwardedFor ?? '').split(',').reverse()) {
    if (!isWithin(address, trustedProxies)) break;
    const before = parseAddress(entry);
    if (!before) break;
    address = before;
  }
  if (address.kind() === 'ipv4') return address.toString();
  const network = [...address.toByteArray().slice(0, 8), ...Array<number>(8).fill(0)];
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}

function isWithin(address: Address, networks: readonly string[]): boolean {
  return networks.some((network) => {
    const slash = network.indexOf('/');
    const base = parseAddress(slash < 0 ? network : network.slice(0, slash));
    if (!base || base.kind() !== address.kind()) return false;
    if (slash < 0) return address.match(base, base.kind() === 'ipv4' ? 32 : 128);
    const bits = Number(network.slice(slash + 1));
    // The network of IPv4 addresses in IPv6 ones (::ffff:10.0.0.0/104) is the one of the IPv4 addresses.
    const isMapped = base.kind() === 'ipv4' && network.slice(0, slash).includes(':');
    return bits >= (isMapped ? 96 : 0) && address.match(base, isMapped ? bits - 96 : bits);
  });
}

/** Also with a port, as some proxies write it. An IPv4 address in an IPv6 one (::ffff:192.0.2.1) is the IPv4 address. */
function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : undefined;
}
