// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type Choice, Pick } from './pick.tsx';
import { PickDates } from './pick-dates.tsx';
import type { Dates } from './picked-dates.ts';

// What is fetched when it is wanted is there already, so that nothing waits for a transformation.
beforeAll(() => Promise.all([import('./pick-list.tsx'), import('./dates-popover.tsx')]));
afterEach(cleanup);

const choices: Choice[] = [
  { id: 'a', name: 'Agent desktop' },
  { id: 'b', name: 'Billing' },
];

function show(more: Partial<Parameters<typeof Pick>[0]> = {}) {
  const onPick = vi.fn<(id: string | null) => void>();
  render(<Pick anyLabel="Any app" choices={choices} chosen={null} label="App" onPick={onPick} {...more} />);
  return onPick;
}

it('finds a choice by what is typed, and picks it', async () => {
  const onPick = show();
  fireEvent.click(screen.getByRole('combobox', { name: 'App' }));
  fireEvent.change(await screen.findByRole('combobox', { name: 'Search: App' }), { target: { value: 'bill' } });
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Billing']);
  fireEvent.click(screen.getByRole('option', { name: 'Billing' }));
  expect(onPick).toHaveBeenCalledWith('b');
});

it('says what is chosen, and lets it be taken back', async () => {
  const onPick = show({ chosen: choices[1] ?? null });
  fireEvent.click(screen.getByRole('combobox', { name: 'App: Billing' }));
  fireEvent.click(await screen.findByRole('option', { name: 'Any app' }));
  expect(onPick).toHaveBeenCalledWith(null);
});

it('shows choices from elsewhere as they come, and tells what was typed to find them', async () => {
  const onSearch = vi.fn<(search: string) => void>();
  show({ onSearch });
  fireEvent.click(screen.getByRole('combobox', { name: 'App' }));
  fireEvent.change(await screen.findByRole('combobox', { name: 'Search: App' }), { target: { value: 'zzz' } });
  expect(onSearch).toHaveBeenCalledWith('zzz');
  expect(screen.getAllByRole('option')).toHaveLength(2);
});

it('picks days, the earlier one first, and whole stretches', async () => {
  const onPick = vi.fn<(dates: Dates) => void>();
  const today = () => '2026-03-02';
  render(<PickDates chosen={{ since: null, until: null }} label="Date" onPick={onPick} today={today} />);
  fireEvent.click(screen.getByRole('button', { name: 'Date' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Last 7 days' }));
  expect(onPick).toHaveBeenLastCalledWith({ since: '2026-02-24', until: null });
  fireEvent.click(screen.getByRole('button', { name: 'Date' }));
  fireEvent.change(await screen.findByLabelText('First day'), { target: { value: '2026-03-05' } });
  fireEvent.change(screen.getByLabelText('Last day'), { target: { value: '2026-03-01' } });
  fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
  expect(onPick).toHaveBeenLastCalledWith({ since: '2026-03-01', until: '2026-03-05' });
});
