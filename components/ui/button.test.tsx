// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button } from './button.tsx';

afterEach(cleanup);

describe('a button', () => {
  it('does what it says when it is pressed', () => {
    const act = vi.fn();
    render(<Button onClick={act}>Save Draft</Button>);
    fireEvent.click(screen.getByRole('button', { name: 'Save Draft' }));
    expect(act).toHaveBeenCalledOnce();
  });

  it('keeps its name while pending, and cannot be pressed twice', () => {
    const act = vi.fn();
    render(
      <Button onClick={act} pending>
        Proceed
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Proceed' });
    fireEvent.click(button);
    expect(act).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-busy')).toBe('true');
  });

  it('does not submit its form while pending', () => {
    const submit = vi.fn((event: Event) => event.preventDefault());
    const { container, rerender } = render(form(true));
    container.querySelector('form')?.addEventListener('submit', submit);
    fireEvent.click(screen.getByRole('button'));
    expect(submit).not.toHaveBeenCalled();
    rerender(form(false));
    fireEvent.click(screen.getByRole('button'));
    expect(submit).toHaveBeenCalledOnce();
  });

  it('says why it cannot be pressed, and stays reachable', () => {
    const act = vi.fn();
    render(
      <Button disabledReason="Only an administrator can do this." onClick={act}>
        Create Key
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Create Key' });
    fireEvent.click(button);
    expect(act).not.toHaveBeenCalled();
    expect(button.hasAttribute('disabled')).toBe(false);
    const reason = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('Only an administrator can do this.');
  });

  it('says why by what stands elsewhere, once for several', () => {
    const act = vi.fn();
    render(
      <>
        <Button disabledBy="why" onClick={act}>
          Rotate Key
        </Button>
        <p id="why">The key is not active yet.</p>
      </>,
    );
    const button = screen.getByRole('button', { name: 'Rotate Key' });
    fireEvent.click(button);
    expect(act).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.getAttribute('aria-describedby')).toBe('why');
  });

  it('cannot be pressed before the page has come alive: its form would go to the address bar', () => {
    expect(renderToString(<Button type="submit">Sign in</Button>)).toMatch(/<button[^>]* disabled=""/);
  });
});

function form(pending: boolean) {
  return (
    <form>
      <Button pending={pending} type="submit">
        Next
      </Button>
    </form>
  );
}
