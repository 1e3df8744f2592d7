import { expect, it } from 'vitest';
import { fingerprintLine } from './fingerprint.ts';

const joined = { tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11', externalId: 'kw_1', secretId: null };
const rules = {
  connectionVersion: 1,
  canonical: ({ key }: { provider: string; key: string }) => JSON.stringify([key]),
};
const of = { provider: 'vault', key: 'orders' };
const base = fingerprintLine(rules, of, joined);

it('is the same for the same, and stays it', () => {
  expect(base).toBe(
    '["keyward/v3/connection","vault",1,"6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11","kw_1","[\\"orders\\"]"]',
  );
});

it.each([
  ['the tenant', () => fingerprintLine(rules, of, { ...joined, tenantId: 'aa6f3c57-0f5d-4a76-8d43-8b1f7f1f2c3d' })],
  ['the external ID', () => fingerprintLine(rules, of, { ...joined, externalId: 'kw_2' })],
  ['the connection’s version', () => fingerprintLine({ ...rules, connectionVersion: 2 }, of, joined)],
  ['the provider', () => fingerprintLine(rules, { ...of, provider: 'aws' }, joined)],
  ['the key', () => fingerprintLine(rules, { ...of, key: 'orders-2' }, joined)],
])('changes with %s', (_, other) => {
  expect(other()).not.toBe(base);
});

it('of a provider whose canonical text stood alone when reports were stored, is that text', () => {
  expect(fingerprintLine({ ...rules, canonicalStandsAlone: true }, of, joined)).toBe('["orders"]');
});
