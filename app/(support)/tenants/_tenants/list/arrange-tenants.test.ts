import { describe, expect, it } from 'vitest';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { arrangeTenants, listAddress, pageSize, readListState, type TenantListState } from './arrange-tenants.ts';

function row(more: Partial<TenantRow>): TenantRow {
  return {
    id: 't',
    name: 'Acme',
    reference: 'crm-4711',
    homeRegion: 'us-east-1',
    keyId: null,
    alias: null,
    status: 'none',
    health: null,
    unreadable: [],
    cause: 'Platform key',
    since: null,
    provider: 'aws',
    whoseMove: 'none',
    enforcementAt: null,
    appsTotal: 1,
    appsUnderKey: 0,
    appsAtRisk: 0,
    ...more,
  };
}

const initech = row({
  name: 'Initech',
  status: 'active',
  cause: 'Key pending deletion',
  appsAtRisk: 42,
  since: '2026-11-22T09:12:00Z',
});
const hooli = row({
  name: 'Hooli',
  status: 'active',
  cause: 'KMS eu-west-1 does not answer',
  whoseMove: 'provider',
  appsAtRisk: 118,
});
const acme = row({ name: 'acme', since: '2026-11-20T00:00:00Z' });
const rows = [initech, hooli, acme];
const usual: TenantListState = { q: '', status: null, move: null, sort: null, direction: 'asc', page: 1 };
const names = (state: Partial<TenantListState>) =>
  arrangeTenants(rows, { ...usual, ...state }).rows.map(({ name }) => name);

describe('the list of tenants', () => {
  it('keeps the riskiest first unless a column is chosen', () => {
    expect(names({})).toEqual(['Initech', 'Hooli', 'acme']);
  });

  it('finds by every word, in any column, whatever the case', () => {
    expect(names({ q: 'KMS answer' })).toEqual(['Hooli']);
    expect(names({ q: 'active' })).toEqual(['Initech', 'Hooli']);
    expect(names({ q: 'aws' })).toEqual(['Hooli']);
    expect(names({ q: 'CRM-4711' })).toHaveLength(3);
    expect(names({ q: 'nobody' })).toEqual([]);
  });

  it('is filtered by status or health, and by whose move it is', () => {
    const lost = { state: 'revoked' } as NonNullable<TenantRow['health']>;
    const failed = row({ name: 'Stark', status: 'activation-failed', whoseMove: 'customer' });
    const revoked = row({ name: 'Umbrella', status: 'active', health: lost, whoseMove: 'customer' });
    const all = [...rows, failed, revoked];
    const found = (state: Partial<TenantListState>) =>
      arrangeTenants(all, { ...usual, ...state }).rows.map(({ name }) => name);
    expect(found({ status: 'revoked' })).toEqual(['Umbrella']);
    expect(found({ status: 'activation-failed' })).toEqual(['Stark']);
    expect(found({ status: 'active', move: 'provider' })).toEqual(['Hooli']);
    expect(found({ move: 'customer', q: 'stark' })).toEqual(['Stark']);
  });

  it('sorts names as people do, and numbers as numbers', () => {
    expect(names({ sort: 'tenant' })).toEqual(['acme', 'Hooli', 'Initech']);
    expect(names({ sort: 'risk', direction: 'desc' })).toEqual(['Hooli', 'Initech', 'acme']);
  });

  it('puts what has no instant last in either direction', () => {
    expect(names({ sort: 'since' })).toEqual(['acme', 'Initech', 'Hooli']);
    expect(names({ sort: 'since', direction: 'desc' })).toEqual(['Initech', 'acme', 'Hooli']);
  });

  it('cuts pages, and shows the last one for a page past it', () => {
    const many = Array.from({ length: pageSize + 1 }, (_, index) => row({ name: `T${index}` }));
    expect(arrangeTenants(many, usual)).toMatchObject({ found: pageSize + 1, page: 1, pages: 2 });
    const last = arrangeTenants(many, { ...usual, page: 99 });
    expect(last.page).toBe(2);
    expect(last.rows.map(({ name }) => name)).toEqual([`T${pageSize}`]);
  });
});

describe('the address of the list', () => {
  it('comes back as it was written', () => {
    const state: TenantListState = {
      q: 'a b&c',
      status: 'revoked',
      move: 'customer',
      sort: 'date',
      direction: 'desc',
      page: 3,
    };
    const params = Object.fromEntries(new URL(listAddress(state), 'http://own.example').searchParams);
    expect(readListState(params)).toEqual(state);
    expect(listAddress(usual)).toBe('/tenants');
  });

  it('leaves out what it does not know', () => {
    expect(
      readListState({
        q: ['a', 'b'],
        status: 'toString',
        move: 'them',
        sort: 'constructor',
        direction: 'up',
        page: '-1',
      }),
    ).toEqual(usual);
  });
});
