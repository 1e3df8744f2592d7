// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Button } from './button.tsx';
import { ToastProvider, useToast } from './toast.tsx';

// Loaded late on a page; here it takes as long as it takes to be compiled.
beforeAll(async () => void (await import('./toasts.tsx')));
afterEach(cleanup);

describe('a toast', () => {
  it('says what was done, to screen readers too, and leaves the focus where it is', async () => {
    render(<Page />, { wrapper: ToastProvider });
    const button = screen.getByRole('button', { name: 'Revoke' });
    button.focus();
    fireEvent.click(button);
    const toast = await screen.findByRole('group', { name: 'The token was revoked.' });
    // Of no group is it said whether it is modal.
    expect(toast.hasAttribute('aria-modal')).toBe(false);
    expect(toast.closest('[aria-live="polite"]')).not.toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('is dismissed by its button, which is never hidden from anybody', async () => {
    render(<Page />, { wrapper: ToastProvider });
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByText('The token was revoked.')).toBeNull());
  });

  it('outlives the part of the page that asked for it', async () => {
    const { rerender } = render(<Page />, { wrapper: ToastProvider });
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    rerender(<p>Another page</p>);
    expect(await screen.findByText('The token was revoked.')).not.toBeNull();
  });
});

function Page() {
  const tell = useToast();
  return <Button onClick={() => tell('The token was revoked.')}>Revoke</Button>;
}
