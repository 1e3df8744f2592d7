// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { TextField } from '#components/form/text-field.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Result } from '#lib/byok/errors.ts';
import { CommandForm } from './command-form.tsx';
import { useCommandForm } from './use-command-form.ts';

afterEach(cleanup);

const empty = { name: '', endsAt: '' };
type Values = typeof empty;
const noAnswer = { title: 'No answer came.' };

function Form({ act }: { act: (values: Values) => Promise<Result<string>> }) {
  const entry = useCommandForm({ empty, prefix: 'thing-', act, onDone: () => entry.form.reset(empty), noAnswer });
  return (
    <CommandForm entry={entry}>
      <TextField label="Name" {...entry.bind('name', { required: 'Enter a name.' })} />
      <TextField label="Ends" {...entry.bind('endsAt')} />
      <Button pending={entry.pending} type="submit">
        Create
      </Button>
    </CommandForm>
  );
}

const refused = (fields?: Record<string, string>): Result<string> => ({
  ok: false,
  error: { code: 'invalid-input', requestId: 'r-1', ...(fields ? { fields } : {}) },
});

/** Sends the form with this name; what was sent is in the answer. */
function send(name: string, act: (values: Values) => Promise<Result<string>>): HTMLInputElement {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Form act={act} />
    </QueryClientProvider>,
  );
  const field = screen.getByLabelText<HTMLInputElement>('Name');
  fireEvent.change(field, { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Create' }));
  return field;
}

describe('a form that is one command', () => {
  it('says what is missing beside the field and in the summary, and sends nothing', async () => {
    const field = send('', () => Promise.reject(new Error('sent all the same')));
    const line = await screen.findByRole('link', { name: 'Enter a name.' });
    expect(line.getAttribute('href')).toBe('#thing-name');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByText('No answer came.')).toBeNull();
  });

  it('puts what the server says of a field, or of a part of it, beside that field and nowhere else', async () => {
    send('x', async () => refused({ name: 'Taken.', 'endsAt.0': 'Passed.' }));
    const lines = await screen.findAllByRole('link');
    expect(lines.map((line) => [line.textContent, line.getAttribute('href')])).toEqual([
      ['Taken.', '#thing-name'],
      ['Passed.', '#thing-endsAt'],
    ]);
    expect(screen.queryByText(/r-1/)).toBeNull();
  });

  it('says above the form what is about none of its fields, with its request ID', async () => {
    send('x', async () => refused({ name: 'Taken.', other: 'Not here.' }));
    await screen.findByText(/r-1/);
    expect(screen.getByRole('link', { name: 'Taken.' })).toBeTruthy();
  });

  it('says so where no answer came, and keeps what was typed', async () => {
    const field = send('kept', () => Promise.reject(new Error('offline')));
    await screen.findByText('No answer came.');
    expect(field.value).toBe('kept');
  });

  it('is empty again once it is done', async () => {
    const sent: Values[] = [];
    const field = send('x', async (values) => {
      sent.push(values);
      return { ok: true, data: 'made' };
    });
    await expect.poll(() => field.value).toBe('');
    expect(sent).toEqual([{ name: 'x', endsAt: '' }]);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
