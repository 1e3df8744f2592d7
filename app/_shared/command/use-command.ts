'use client';

import { useMutation } from '@tanstack/react-query';
import type { Result } from '#lib/byok/errors.ts';
import type { Trouble } from '../refusal/trouble.ts';

/** What came of a command; `trouble` is null where it was not even asked for, since one is running. */
export type Outcome<Data> = { ok: true; data: Data } | { ok: false; trouble: Trouble | null };

export type Command<Input, Data> = {
  run: (input: Input) => Promise<Outcome<Data>>;
  pending: boolean;
  trouble: Trouble | null;
  clear: () => void;
};

/** Why a command came to nothing. */
class CommandFailed extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super('not done');
    this.trouble = trouble;
  }
}

/** One command of the server's, with what a screen has to show of it. */
export function useCommand<Input, Data>(act: (input: Input) => Promise<Result<Data>>): Command<Input, Data> {
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
    if (isPending) return { ok: false, trouble: null };
    return mutateAsync(input).then(
      (data): Outcome<Data> => {
        // Neither what was sent nor what was answered is kept: both may be secret.
        reset();
        return { ok: true, data };
      },
      (failure: unknown): Outcome<Data> => {
        if (failure instanceof CommandFailed) return { ok: false, trouble: failure.trouble };
        throw failure;
      },
    );
  }

  return { run, pending: isPending, trouble: error?.trouble ?? null, clear: reset };
}
