import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SelectableApp } from '#lib/byok/setup-views.ts';
import { headerState, initialSelection, matchingApps, sameSelection, toSaved, withApps } from './apps-selection.ts';

const app = (id: string, more: Partial<SelectableApp> = {}): SelectableApp => ({
  id,
  name: `App ${id}`,
  kind: 'app',
  selected: true,
  takenBy: null,
  ...more,
});

const taken = app('taken', { takenBy: 'other-key' });
const three = [app('a'), app('b', { kind: 'bot', name: 'Billing bot' }), app('c')];

describe('initialSelection', () => {
  it('holds what is selected, without what belongs to another key', () => {
    expect([...initialSelection([...three, taken, app('d', { selected: false })])]).toEqual(['a', 'b', 'c']);
  });
});

describe('matchingApps', () => {
  it('searches names regardless of case and of spaces around', () => {
    expect(matchingApps(three, { search: ' BILLING ', kind: 'all' }).map(({ id }) => id)).toEqual(['b']);
  });

  it('filters by kind, and by both together', () => {
    expect(matchingApps(three, { search: '', kind: 'app' }).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(matchingApps(three, { search: 'billing', kind: 'app' })).toEqual([]);
  });
});

describe('withApps', () => {
  it('changes the given ones only, so that a search keeps what is chosen outside of it', () => {
    const all = initialSelection(three);
    const without = withApps(all, matchingApps(three, { search: 'billing', kind: 'all' }), false);
    expect([...without]).toEqual(['a', 'c']);
    expect([...all]).toEqual(['a', 'b', 'c']);
  });

  it('never takes an app of another key', () => {
    expect(withApps(new Set(), [taken], true).size).toBe(0);
  });
});

describe('headerState', () => {
  it.each([
    [[], 'none'],
    [['a'], 'some'],
    [['a', 'b', 'c'], 'all'],
  ] as const)('%j is %s', (ids, state) => {
    expect(headerState([...three, taken], new Set(ids))).toBe(state);
  });

  it('is none where nothing can be chosen', () => {
    expect(headerState([taken], new Set())).toBe('none');
  });
});

describe('toSaved', () => {
  const apps = Array.from({ length: 40 }, (_, index) => app(String(index)));

  it('says "all" when all are chosen', () => {
    expect(toSaved(apps, new Set(apps.map(({ id }) => id)))).toEqual({ mode: 'all' });
  });

  it('never says "all" where an app belongs to another key', () => {
    const saved = toSaved([...apps, taken], new Set([...apps.map(({ id }) => id), taken.id]));
    expect(saved).toEqual({ mode: 'all-except', ids: ['taken'] });
  });

  it('says the shorter of the two lists', () => {
    expect(toSaved(apps, new Set(['3']))).toEqual({ mode: 'only', ids: ['3'] });
    expect(toSaved(apps, new Set(apps.slice(1).map(({ id }) => id)))).toEqual({ mode: 'all-except', ids: ['0'] });
  });

  it('means exactly what was chosen, whatever was chosen', () => {
    fc.assert(
      fc.property(fc.subarray(apps.map(({ id }) => id)), (chosen) => {
        const saved = toSaved(apps, new Set(chosen));
        expect(meaningOf(saved)).toEqual(new Set(chosen));
      }),
    );
  });

  function meaningOf(saved: ReturnType<typeof toSaved>): Set<string> {
    if (saved.mode === 'all') return new Set(apps.map(({ id }) => id));
    const listed = new Set(saved.ids);
    return new Set(apps.map(({ id }) => id).filter((id) => listed.has(id) === (saved.mode === 'only')));
  }
});

it('compares selections by what they hold', () => {
  expect(sameSelection(new Set(['a', 'b']), new Set(['b', 'a']))).toBe(true);
  expect(sameSelection(new Set(['a', 'b']), new Set(['a', 'c']))).toBe(false);
});
