import { describe, expect, it } from 'vitest';
import type { SelectableApp } from '#lib/byok/setup-views.ts';
import { expectShort } from '../../../_shared/command/testing/expect-short.ts';
import { appsChange } from './apps-change.ts';
import { updateConsequences, whyNotUpdate } from './apps-words.ts';

const app = (id: string): SelectableApp => ({ id, name: `App ${id}`, kind: 'app', selected: true, takenBy: null });
const three = ['a', 'b', 'c'].map(app);
const change = appsChange(three, new Set(['a', 'b']), new Set(['b', 'c']));
const text = (of: typeof change, state: 'active' | 'scheduled') => expectShort(updateConsequences(of, state));

it('tells what is added and what is removed', () => {
  expect(change.added.map(({ id }) => id)).toEqual(['c']);
  expect(change.removed.map(({ id }) => id)).toEqual(['a']);
});

describe('updateConsequences', () => {
  it('says after enforcement that the vendor reads without the customer what is removed', () => {
    expect(text(change, 'active')).toContain('Removed: 1 app or bot: App a');
    expect(text(change, 'active')).toContain('can then read their data without you');
    expect(text({ ...change, removed: [] }, 'active')).not.toContain('without you');
  });

  it('says before enforcement that nothing moves', () => {
    expect(text(change, 'scheduled')).toContain('nothing moves');
    expect(text(change, 'scheduled')).not.toContain('data key');
  });
});

describe('whyNotUpdate', () => {
  it('wants a choice that is another one, and not an empty one', () => {
    expect(whyNotUpdate(change, 2, 'active')).toBeNull();
    expect(whyNotUpdate({ added: [], removed: [] }, 2, 'active')).toBe('You haven’t changed anything yet.');
    expect(whyNotUpdate({ added: [], removed: three }, 0, 'active')).toContain('Revert to None');
    expect(whyNotUpdate({ added: [], removed: three }, 0, 'scheduled')).not.toContain('Revert');
  });
});
