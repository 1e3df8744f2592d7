// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { setupView } from '../testing/setup-view.ts';
import { ProviderStep } from './provider-step.tsx';

const { saved, goneTo, answer } = vi.hoisted(() => ({
  saved: [] as object[],
  goneTo: [] as string[],
  answer: Promise.withResolvers<void>(),
}));
vi.mock('next/navigation', () => ({
  useRouter: () => ({ push: (href: string) => goneTo.push(href), refresh() {} }),
}));
vi.mock('../actions.ts', () => ({
  saveWizardStep: async (input: object) => {
    saved.push(input);
    await answer.promise;
    return { ok: true, data: { revision: 2, savedAt: '2026-11-29T12:00:00Z' } };
  },
}));

afterEach(cleanup);

it('stays where something is typed while Next saves, and goes on with it at the next press', async () => {
  render(<ProviderStep setup={setupView()} />);
  const alias = screen.getByLabelText<HTMLInputElement>('Alias');
  const next = screen.getByRole('button', { name: 'Next' });
  fireEvent.change(alias, { target: { value: 'Payroll' } });
  fireEvent.click(next);
  await waitFor(() => expect(saved).toHaveLength(1));
  fireEvent.change(alias, { target: { value: 'Payroll 2' } });
  answer.resolve();
  await waitFor(() => screen.getByText('Not saved yet: what you changed after pressing Next'));
  expect(alias.value).toBe('Payroll 2');
  expect(goneTo).toEqual([]);
  fireEvent.click(next);
  await waitFor(() => expect(goneTo).toHaveLength(1));
  expect(saved).toMatchObject([{ values: { alias: 'Payroll' } }, { values: { alias: 'Payroll 2' }, revision: 2 }]);
});
