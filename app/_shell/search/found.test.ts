import { describe, expect, it } from 'vitest';
import type { FoundName } from '#lib/byok/name-views.ts';
import { groupsOf } from './found.ts';

const pages = [
  { href: '/enterprise-key', label: 'Enterprise Key' },
  { href: '/history', label: 'History' },
];
const found: FoundName[] = [
  { kind: 'key', id: 'k', name: 'byok-prod', detail: 'For production' },
  { kind: 'bot', id: 'b', name: 'Greeter', detail: '0f0f0f0f-1111-4222-8333-444444444444' },
  { kind: 'app', id: 'a', name: 'Agent desktop', detail: 'desk-1' },
];

describe('what the search shows', () => {
  it('is the console’s pages before anything is typed', () => {
    expect(groupsOf([], pages, ' ').map(({ label, items }) => [label, items.length])).toEqual([['Pages', 2]]);
  });

  it('has first what is called so, then what is only described so', () => {
    expect(groupsOf(found, [], 'DESK').map(({ label }) => label)).toEqual(['Apps and bots', 'Keys']);
  });

  it('is grouped, leads to the page of each thing, and leaves out what is empty', () => {
    expect(groupsOf(found, pages, '')).toEqual([
      {
        label: 'Pages',
        items: [
          { href: '/enterprise-key', label: 'Enterprise Key', detail: '' },
          { href: '/history', label: 'History', detail: '' },
        ],
      },
      { label: 'Keys', items: [{ href: '/enterprise-key/k', label: 'byok-prod', detail: 'For production' }] },
      {
        label: 'Apps and bots',
        items: [
          { href: '/apps/b', label: 'Greeter', detail: '' },
          { href: '/apps/a', label: 'Agent desktop', detail: 'desk-1' },
        ],
      },
    ]);
    expect(groupsOf([{ kind: 'tenant', id: 't', name: 'Acme', detail: 'acme' }], pages, 'acme')).toEqual([
      { label: 'Tenants', items: [{ href: '/tenants/t', label: 'Acme', detail: 'acme' }] },
    ]);
  });
});
