// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '#lib/byok/errors.ts';
import { useCommand } from './use-command.ts';

afterEach(cleanup);

const done: Result<string> = { ok: true, data: 'done' };
const refused: Result<string> = { ok: false, error: { code: 'invalid-input', requestId: 'r-1' } };
const notAsked = { ok: false, actionError: null };

describe('a command', () => {
  it('is asked for once by two presses in the same instant', async () => {
    const { sent, command } = show([done]);
    await act(async () => {
      // Both presses see what was drawn before either.
      const { run } = command();
      const [first, second] = await Promise.all([run('a'), run('b')]);
      expect(first).toEqual(done);
      expect(second).toEqual(notAsked);
    });
    expect(sent).toEqual(['a']);
  });

  it('can be asked for again once it is done', async () => {
    const { sent, command } = show([done, done]);
    await act(() => command().run('a'));
    await waitFor(() => expect(command().pending).toBe(false));
    await act(() => command().run('b'));
    expect(sent).toEqual(['a', 'b']);
  });

  it('stays pending once it is done where that leads to another page, and is not asked for again', async () => {
    const { sent, command } = show([done, done], { leaves: true });
    await act(async () => expect(await command().run('a')).toEqual(done));
    await waitFor(() => expect(command().pending).toBe(true));
    await act(async () => expect(await command().run('b')).toEqual(notAsked));
    expect(sent).toEqual(['a']);
  });

  it.each([{ leaves: true }, { leaves: false }])('can be tried again after a refusal: %o', async (options) => {
    const { sent, command } = show([refused, done], options);
    await act(async () => expect(await command().run('a')).toMatchObject({ ok: false }));
    await waitFor(() => expect(command().actionError).toMatchObject({ code: 'invalid-input' }));
    await waitFor(() => expect(command().pending).toBe(false));
    await act(async () => expect(await command().run('b')).toEqual(done));
    expect(sent).toEqual(['a', 'b']);
  });
});

/** A command that is answered with these, one after the other. */
function show(answers: Result<string>[], options: { leaves?: boolean } = {}) {
  const sent: string[] = [];
  const answer = async (input: string): Promise<Result<string>> => {
    sent.push(input);
    return answers[sent.length - 1] ?? refused;
  };
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useCommand(answer, options), { wrapper });
  return { sent, command: () => result.current };
}
