import { describe, expect, it } from 'vitest';
import { sourceOf } from './source.ts';

const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.9'];

describe('where a request comes from', () => {
  it.each(['::ffff:10.0.0.0/104', '10.0.0.0/8'])(
    'believes a proxy of %s, however the network is written',
    (network) => {
      expect(sourceOf({ peer: '10.1.2.3', forwardedFor: '9.9.9.9' }, [network])).toBe('9.9.9.9');
      expect(sourceOf({ peer: '::ffff:10.1.2.3', forwardedFor: '9.9.9.9' }, [network])).toBe('9.9.9.9');
      expect(sourceOf({ peer: '11.1.2.3', forwardedFor: '9.9.9.9' }, [network])).toBe('11.1.2.3');
    },
  );

  it.each([
    ['the socket, where no proxy is trusted', '203.0.113.7', '198.51.100.1', [], '203.0.113.7'],
    ['the socket, where this proxy is not trusted', '203.0.113.7', '198.51.100.1', proxies, '203.0.113.7'],
    ['what a trusted proxy says', '10.1.2.3', '198.51.100.1', proxies, '198.51.100.1'],
    ['what a trusted address says', '192.0.2.9', '198.51.100.1', proxies, '198.51.100.1'],
    [
      'the last one that none of ours vouches for',
      '10.1.2.3',
      '1.1.1.1, 198.51.100.1, 10.9.9.9',
      proxies,
      '198.51.100.1',
    ],
    ['our own proxy, where nothing else is said', '10.1.2.3', null, proxies, '10.1.2.3'],
    ['the first of a chain of trusted ones', '10.1.2.3', '10.4.4.4', proxies, '10.4.4.4'],
    ['our own proxy, where it says nothing that is an address', '10.1.2.3', '1.1.1.1, evil', proxies, '10.1.2.3'],
    ['the /64 of an IPv6 address', '2001:db8:1:2:3:4:5:6', null, [], '2001:db8:1:2::/64'],
    ['the same for its neighbour', '2001:db8:1:2:ffff::1', null, [], '2001:db8:1:2::/64'],
    ['an IPv4 address in an IPv6 one', '::ffff:203.0.113.7', null, [], '203.0.113.7'],
    ['the same of a proxy', '::ffff:10.1.2.3', '::ffff:198.51.100.1', proxies, '198.51.100.1'],
    ['an IPv6 proxy', '2001:db8:ffff::1', '2001:db8:1:2::9', proxies, '2001:db8:1:2::/64'],
    ['an address with a port', '10.1.2.3', '198.51.100.1:4711', proxies, '198.51.100.1'],
    ['an IPv6 address with a port', '10.1.2.3', '[2001:db8:1:2::9]:443', proxies, '2001:db8:1:2::/64'],
    ['nobody, without a socket', null, '198.51.100.1', proxies, 'unknown'],
    ['nobody, for a number that only looks like an address', '0x7f.1', null, [], 'unknown'],
  ])('%s', (_what, peer, forwardedFor, trusted, expected) => {
    expect(sourceOf({ peer, forwardedFor }, trusted)).toBe(expected);
  });
});
