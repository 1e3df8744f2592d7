// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useForm } from 'react-hook-form';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Checkbox } from './checkbox.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { RadioGroup } from './radio-group.tsx';
import { SelectField } from './select-field.tsx';
import { TextField } from './text-field.tsx';

afterEach(cleanup);

describe('a text field', () => {
  it('is described by its hint and its error', () => {
    render(<TextField error="This is a role ARN." hint="A key ARN or alias ARN." id="keyArn" label="Provider ARN" />);
    const input = screen.getByLabelText('Provider ARN');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const words = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(words).toEqual(['A key ARN or alias ARN.', 'This is a role ARN.']);
  });

  it('is neither invalid nor described while there is nothing to say', () => {
    render(<TextField label="Alias" />);
    const input = screen.getByLabelText('Alias');
    expect(input.hasAttribute('aria-invalid')).toBe(false);
    expect(input.hasAttribute('aria-describedby')).toBe(false);
  });
});

describe('a form of all fields', () => {
  it('gives react-hook-form what was entered', async () => {
    const save = vi.fn();
    render(<Example save={save} />);
    fireEvent.change(screen.getByLabelText('Alias'), { target: { value: 'byok-prod' } });
    fireEvent.change(screen.getByLabelText('AWS Region'), { target: { value: 'eu-west-1' } });
    fireEvent.click(screen.getByLabelText('At a date and time'));
    fireEvent.click(screen.getByLabelText('I have read it'));
    fireEvent.submit(screen.getByRole('form'));
    await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(save.mock.calls[0]?.[0]).toEqual({ alias: 'byok-prod', region: 'eu-west-1', choice: 'at', read: true });
  });
});

describe('a checkbox', () => {
  it('shows that some of what it stands for is chosen', () => {
    const { rerender } = render(<Checkbox indeterminate label="All apps" />);
    const box = screen.getByLabelText<HTMLInputElement>('All apps');
    expect(box.indeterminate).toBe(true);
    rerender(<Checkbox label="All apps" />);
    expect(box.indeterminate).toBe(false);
  });
});

describe('an error summary', () => {
  const errors = [{ fieldId: 'alias', message: 'Enter an alias.' }];

  it('is not there while there is nothing wrong', () => {
    render(<ErrorSummary errors={[]} />);
    expect(screen.queryByText('There is a problem')).toBeNull();
  });

  it('takes the focus when it appears, and again at each failed try', () => {
    const { rerender } = render(<Summary attempt={1} errors={errors} />);
    const box = screen.getByRole('alert');
    expect(document.activeElement).toBe(box);
    screen.getByLabelText('Alias').focus();
    rerender(<Summary attempt={1} errors={errors} />);
    expect(document.activeElement).not.toBe(box);
    rerender(<Summary attempt={2} errors={errors} />);
    expect(document.activeElement).toBe(box);
  });

  it('leads to the field', () => {
    render(<Summary attempt={1} errors={errors} />);
    fireEvent.click(screen.getByRole('link', { name: 'Enter an alias.' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Alias'));
  });
});

function Summary({ attempt, errors }: { attempt: number; errors: { fieldId: string; message: string }[] }) {
  return (
    <>
      <ErrorSummary attempt={attempt} errors={errors} />
      <TextField id="alias" label="Alias" />
    </>
  );
}

type Values = { alias: string; region: string; choice: string; read: boolean };

function Example({ save }: { save: (values: Values) => void }) {
  const { register, handleSubmit } = useForm<Values>({
    defaultValues: { alias: '', region: 'us-east-1', choice: 'now', read: false },
  });
  return (
    <form aria-label="Example" onSubmit={handleSubmit((values) => save(values))}>
      <TextField label="Alias" {...register('alias')} />
      <SelectField
        label="AWS Region"
        options={[{ label: 'aws', options: ['us-east-1', 'eu-west-1'].map((value) => ({ value, label: value })) }]}
        {...register('region')}
      />
      <RadioGroup
        legend="Enforcement Date"
        options={[
          { value: 'now', label: 'Now' },
          { value: 'at', label: 'At a date and time' },
        ]}
        {...register('choice')}
      />
      <Checkbox label="I have read it" {...register('read')} />
    </form>
  );
}
