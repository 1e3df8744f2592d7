'use client';

import { useState } from 'react';
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

/** One command of the server's, with what a screen has to show of it. */
export function useCommand<Input, Data>(act: (input: Input) => Promise<Result<Data>>): Command<Input, Data> {
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  async function run(input: Input): Promise<Outcome<Data>> {
    if (pending) return { ok: false, trouble: null };
    setPending(true);
    setTrouble(null);
    const answer = await act(input).catch(() => null);
    setPending(false);
    if (answer?.ok) return answer;
    const why = answer ? answer.error : 'no-answer';
    setTrouble(why);
    return { ok: false, trouble: why };
  }

  return { run, pending, trouble, clear: () => setTrouble(null) };
}
