// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LatePart, latePart, useLatePart } from './late-part.ts';

afterEach(cleanup);

describe('a part that is loaded late', () => {
  it('is loaded when it is wanted, and once for all who want it', async () => {
    const bring = vi.fn(async () => 'the part');
    const late = latePart(bring);
    render(
      <>
        <Example late={late} />
        <Example late={late} />
      </>,
    );
    expect(bring).not.toHaveBeenCalled();
    const [first, second] = screen.getAllByRole('button');
    if (first) fireEvent.click(first);
    await screen.findByText('the part');
    if (second) fireEvent.click(second);
    expect(screen.getAllByText('the part')).toHaveLength(2);
    expect(bring).toHaveBeenCalledOnce();
  });

  it('tells that it could not be loaded, and is tried again when it is wanted anew', async () => {
    const bring = vi.fn(async () => 'the part').mockRejectedValueOnce(new Error('offline'));
    render(<Example late={latePart(bring)} />);
    fireEvent.click(screen.getByRole('button'));
    await screen.findByText('not loaded');
    fireEvent.click(screen.getByRole('button'));
    await screen.findByText('the part');
    expect(bring).toHaveBeenCalledTimes(2);
  });
});

function Example({ late }: { late: LatePart<string> }) {
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  const part = useLatePart(late, wanted, () => {
    setFailed(true);
    setWanted(false);
  });
  return (
    <>
      <button onClick={() => setWanted(true)} type="button">
        Show
      </button>
      <p>{part ?? (failed ? 'not loaded' : null)}</p>
    </>
  );
}
