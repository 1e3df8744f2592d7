// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Button } from './button.tsx';
import { ConfirmDialog, type ConfirmDialogProps } from './dialog.tsx';

// Loaded late on a page; here it takes as long as it takes to be compiled.
beforeAll(async () => void (await import('./dialog-popup.tsx')));
afterEach(cleanup);

describe('a confirmation', () => {
  it('names itself by its verb, tells the consequence, and acts once confirmed', async () => {
    const { onConfirm } = await opened({});
    const dialog = screen.getByRole('alertdialog', { name: 'Revoke the token' });
    expect(dialog.textContent).toContain('You can’t undo this.');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it('is cancelled by Escape', async () => {
    const { onConfirm } = await opened({});
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('stays open while the act is running', async () => {
    await opened({ pending: true });
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole('alertdialog')).not.toBeNull();
  });

  it('shows a failure inside', async () => {
    await opened({ error: { title: 'Keyward cannot reach its database.', requestId: 'r-1' } });
    const alert = within(screen.getByRole('alertdialog')).getByRole('alert');
    expect(alert.textContent).toContain('Keyward cannot reach its database.');
    expect(alert.textContent).toContain('r-1');
  });

  it('gives the focus to where it was asked from, where it has no trigger of its own', async () => {
    render(<button type="button">More actions</button>);
    const asked = screen.getByRole('button', { name: 'More actions' });
    await opened({ returnFocusTo: () => asked });
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' });
    await waitFor(() => expect(document.activeElement).toBe(asked));
  });

  it('answers only once the word is typed, where one is asked for', async () => {
    const { onConfirm } = await opened({ typedConfirmation: 'byok-prod' });
    const confirm = screen.getByRole('button', { name: 'Revoke' });
    fireEvent.click(confirm);
    expect(onConfirm).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText('Type byok-prod to confirm'), { target: { value: ' byok-prod ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    expect(onConfirm).toHaveBeenCalledOnce();
  });
});

describe('the button that opens it', () => {
  it('says that it opens a dialog, and takes the focus back', async () => {
    render(<WithTrigger />);
    const button = screen.getByRole('button', { name: 'Revoke …' });
    expect(button.getAttribute('aria-haspopup')).toBe('dialog');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(button);
    const dialog = await screen.findByRole('alertdialog');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(dialog.contains(document.activeElement)).toBe(true);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(document.activeElement).toBe(button));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('opens nothing while it says why it cannot be pressed', async () => {
    render(<WithTrigger disabledReason="Only an administrator can do this." />);
    fireEvent.click(screen.getByRole('button', { name: 'Revoke …' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

async function opened(props: Partial<ConfirmDialogProps>) {
  const onConfirm = vi.fn();
  render(<Example {...props} onConfirm={onConfirm} />);
  await screen.findByRole('alertdialog');
  return { onConfirm };
}

function Example(props: Partial<ConfirmDialogProps>) {
  const [open, setOpen] = useState(true);
  return (
    <ConfirmDialog
      confirmLabel="Revoke"
      onConfirm={() => {}}
      title="Revoke the token"
      {...props}
      onOpenChange={setOpen}
      open={open}
    >
      You can’t undo this.
    </ConfirmDialog>
  );
}

function WithTrigger({ disabledReason }: { disabledReason?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <ConfirmDialog
      confirmLabel="Revoke"
      onConfirm={() => {}}
      onOpenChange={setOpen}
      open={open}
      title="Revoke the token"
      trigger={<Button disabledReason={disabledReason}>Revoke …</Button>}
    >
      This cannot be undone.
    </ConfirmDialog>
  );
}
