// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Button } from './button.tsx';
import { Menu, MenuItem } from './menu.tsx';

// Loaded late on a page; here it takes as long as it takes to be compiled.
beforeAll(async () => void (await import('./menu-popup.tsx')));
afterEach(cleanup);

describe('a menu', () => {
  it('opens at the first press, and takes the focus back to its button', async () => {
    render(<Example />);
    const button = screen.getByRole('button', { name: 'More' });
    expect(button.getAttribute('aria-haspopup')).toBe('menu');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(button);
    const menu = await screen.findByRole('menu');
    await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
    fireEvent.keyDown(menu, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' })));
  });

  it('opens by an arrow key as well, and has its first entry in focus', async () => {
    render(<Example />);
    fireEvent.keyDown(screen.getByRole('button', { name: 'More' }), { key: 'ArrowDown' });
    await screen.findByRole('menu');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'Edit' })));
  });

  it('does what is chosen, and not what says why it cannot be done', async () => {
    const onClick = vi.fn();
    render(<Example onClick={onClick} />);
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete The key is in use.' }));
    expect(onClick).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Edit' }));
    expect(onClick).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });
});

function Example({ onClick = () => {} }: { onClick?: () => void }) {
  return (
    <Menu trigger={<Button>More</Button>}>
      <MenuItem onClick={onClick}>Edit</MenuItem>
      <MenuItem disabledReason="The key is in use." onClick={onClick}>
        Delete
      </MenuItem>
    </Menu>
  );
}
