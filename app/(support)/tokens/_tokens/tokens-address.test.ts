import { expect, test } from 'vitest';
import { readTokensState, type TokensState, tokensAddress } from './tokens-address.ts';

const id = '0a1b2c3d-0000-4000-8000-000000000000';

test('the address comes back as it was written', () => {
  const state: TokensState = { search: 'a b&c', before: id, tenant: 'Ac' };
  const params = Object.fromEntries(new URL(tokensAddress(state), 'http://own.example').searchParams);
  expect(readTokensState(params)).toEqual(state);
  expect(tokensAddress({ search: '', before: null, tenant: '' })).toBe('/tokens');
});

test('what is not understood is left out', () => {
  expect(readTokensState({ q: ['a', 'b'], before: '1 or 1', tenant: ' ' })).toEqual({
    search: '',
    before: null,
    tenant: '',
  });
});
