// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, expect, it, vi } from 'vitest';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { setupView } from '../testing/setup-view.ts';
import { ScheduleStep } from './schedule-step.tsx';

const { saved, goneTo } = vi.hoisted(() => ({ saved: [] as object[], goneTo: [] as string[] }));
vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: (href: string) => goneTo.push(href), refresh() {} }),
}));
vi.mock('../actions.ts', () => ({
  saveWizardStep: async (input: object) => {
    saved.push(input);
    return { ok: true, data: { revision: 2, savedAt: '2026-11-29T12:00:00Z' } };
  },
}));

afterEach(() => {
  cleanup();
  saved.length = 0;
  goneTo.length = 0;
});

const apps = ['Claims', 'Payroll'].map((name, at) => ({
  id: `0a1b2c3d-0000-4000-8000-00000000000${at}`,
  name,
  kind: 'app' as const,
  selected: true,
  takenBy: null,
}));
const zones = [
  { name: 'Europe/Berlin', offset: 60, also: [], words: 'Central European Time Berlin Germany' },
  { name: 'UTC', offset: 0, also: ['Etc/UTC'], words: 'Coordinated Universal Time' },
  { name: 'Asia/Kolkata', offset: 330, also: ['Asia/Calcutta'], words: 'India Time Mumbai India' },
];

it('saves date and apps together, once both are chosen', async () => {
  show();
  press('Next');
  await waitFor(() => screen.getByText('There is a problem'));
  expect(screen.getAllByText('Choose Now, or At a date and time.').length).toBeGreaterThan(0);
  expect(saved).toEqual([]);
  fireEvent.click(screen.getByLabelText('Now'));
  press('Next');
  await waitFor(() => expect(goneTo).toEqual([`/enterprise-key/${setupView().key.id}/setup/review`]));
  expect(saved).toMatchObject([{ step: 'schedule', values: { date: { choice: 'now' }, apps: { mode: 'all' } } }]);
});

it('asks for an app where none is selected', async () => {
  show();
  fireEvent.click(screen.getByLabelText('Now'));
  press('Deselect all matching');
  press('Next');
  await waitFor(() => screen.getByText('Select at least one app or bot.'));
  expect(saved).toEqual([]);
});

it('finds a time zone by a place in it, or by its name of before', async () => {
  show();
  fireEvent.click(screen.getByLabelText('At a date and time'));
  const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Time Zone' }, { timeout: 8_000 });
  for (const part of ['mumbai', 'calcutta', 'india time']) {
    field.focus();
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.input(field, { target: { value: part }, inputType: 'insertText' });
    await waitFor(() => expect(found()).toHaveLength(1));
    expect(found()[0]?.textContent).toContain('Asia/Kolkata (UTC+05:30)');
  }
  fireEvent.click(found()[0] as HTMLElement);
  await waitFor(() => expect(field.value).toBe('Asia/Kolkata (UTC+05:30)'));
  fireEvent.change(screen.getByLabelText('Enforcement Date'), { target: { value: '2036-03-30T09:00' } });
  press('Next');
  const date = { choice: 'at', localDateTime: '2036-03-30T09:00', timeZone: 'Asia/Kolkata' };
  await waitFor(() => expect(saved).toMatchObject([{ values: { date } }]));
});

function show(setup: SetupView = setupView()): void {
  render(
    <NuqsTestingAdapter hasMemory>
      <ScheduleStep apps={apps} setup={setup} zones={zones} />
    </NuqsTestingAdapter>,
  );
}

function found(): HTMLElement[] {
  return within(screen.getByRole('listbox')).getAllByRole('option');
}

function press(name: string): void {
  fireEvent.click(screen.getByRole('button', { name }));
}
