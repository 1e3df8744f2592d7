// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { late } from './late.tsx';

afterEach(cleanup);

it('tells in its place that it could not be loaded, and is there once it is asked for again', async () => {
  const bring = vi.fn(
    async (): Promise<ComponentType<{ name: string }>> =>
      ({ name }) => <p>{name} is here</p>,
  );
  bring.mockRejectedValueOnce(new Error('offline'));
  const Part = late(bring);
  render(
    <>
      <p>The rest of the page</p>
      <Part name="The part" />
    </>,
  );
  await screen.findByText('Keyward could not load this part of the page.');
  expect(screen.getByText('The rest of the page')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('The part is here');
  expect(bring).toHaveBeenCalledTimes(2);
});

it('says that it is being loaded', () => {
  const Part = late(
    () => new Promise<ComponentType>(() => {}),
    () => <p>Loading …</p>,
  );
  render(<Part />);
  expect(screen.getByText('Loading …')).toBeTruthy();
});
