'use client';

import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Result } from '#lib/byok/errors.ts';
import type { ActionError } from '../refusal/action-error.ts';

/** What came of a command; `actionError` is null where it was not even asked for, since one is running or was the last. */
export type Outcome<Data> = { ok: true; data: Data } | { ok: false; actionError: ActionError | null };

export type Command<Input, Data> = {
  run: (input: Input) => Promise<Outcome<Data>>;
  pending: boolean;
  actionError: ActionError | null;
  clear: () => void;
};

/** Why a command came to nothing. */
class CommandFailed extends Error {
  readonly actionError: ActionError;

  constructor(actionError: ActionError) {
    super('not done');
    this.actionError = actionError;
  }
}

type CommandOptions = {
  /** What is done leads to another page: until that is there the command stays pending, and is not asked for again. */
  leaves?: boolean;
};

/** One command of the server's, with what a screen has to show of it. */
export function useCommand<Input, Data>(
  act: (input: Input) => Promise<Result<Data>>,
  { leaves = false }: CommandOptions = {},
): Command<Input, Data> {
  // Two presses may both come before either is drawn.
  const isClosed = useRef(false);
  const [leaving, setLeaving] = useState(false);
  const { mutateAsync, isPending, error, reset } = useMutation<Data, CommandFailed, Input>({
    mutationFn: async (input) => {
      const answer = await act(input).catch(() => null);
      if (answer?.ok) return answer.data;
      throw new CommandFailed(answer ? answer.error : 'no-answer');
    },
    // Without a connection it fails and says so: a command that waited for one would come as a surprise.
    networkMode: 'always',
    gcTime: 0,
  });

  async function run(input: Input): Promise<Outcome<Data>> {
    if (isClosed.current) return { ok: false, actionError: null };
    isClosed.current = true;
    return mutateAsync(input).then(
      (data): Outcome<Data> => {
        // Neither what was sent nor what was answered is kept: both may be secret.
        reset();
        isClosed.current = leaves;
        setLeaving(leaves);
        return { ok: true, data };
      },
      (failure: unknown): Outcome<Data> => {
        isClosed.current = false;
        if (failure instanceof CommandFailed) return { ok: false, actionError: failure.actionError };
        throw failure;
      },
    );
  }

  return { run, pending: isPending || leaving, actionError: error?.actionError ?? null, clear: reset };
}
