'use client';

import { useState } from 'react';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { type Outcome, useCommand } from '../../../_shared/command/use-command.ts';
import type { ActionError } from '../../../_shared/refusal/action-error.ts';
import type { TestRun } from '../_shared/connection/test-run.ts';
import { useTestRun } from '../_shared/connection/use-test-run.ts';
import { useSeenRevision } from '../_shared/use-seen-revision.ts';
import { prepareAction, rotateAction } from './actions.ts';
import type { RotateInput } from './rotation-input.ts';
import { preparedFor, type RotateTo } from './rotation-standing.ts';

export type Rotation = {
  revision: number;
  to: RotateTo;
  /** Keeps the values on the server. */
  prepare: (values: object) => Promise<Outcome<unknown>>;
  /** Tests what is kept on the server. */
  test: () => Promise<unknown>;
  run: TestRun;
  /** Answers whether the rotation has begun. */
  rotate: (choice: Pick<RotateInput, 'acknowledged' | 'reencrypt'>) => Promise<boolean>;
  saving: boolean;
  savedAt: string | null;
  saveError: ActionError | null;
  rotating: boolean;
  rotateError: ActionError | null;
  clearRotateError: () => void;
  /** Shows what is true now; what is in the form stays. */
  lookAgain: () => void;
};

/** A rotation on its way from the form to the server: kept, tested, begun. */
export function useRotation(view: KeyPageView, to: RotateTo): Rotation {
  const seen = useSeenRevision(view.revision);
  const { run, start } = useTestRun(view.id, preparedFor(view, to)?.report ?? null);
  const preparing = useCommand(prepareAction);
  const rotating = useCommand(rotateAction, { leaves: true });
  const [savedAt, setSavedAt] = useState<string | null>(null);

  async function prepare(values: object): Promise<Outcome<unknown>> {
    setSavedAt(null);
    const kept = await preparing.run({ keyId: view.id, revision: seen.revision, values, to });
    if (kept.ok) {
      seen.saved(kept.data.revision);
      setSavedAt(new Date().toISOString());
    }
    return kept;
  }

  async function rotate(choice: Pick<RotateInput, 'acknowledged' | 'reencrypt'>): Promise<boolean> {
    return (await rotating.run({ keyId: view.id, revision: seen.revision, ...choice })).ok;
  }

  function lookAgain(): void {
    preparing.clear();
    seen.lookAgain();
  }

  return {
    revision: seen.revision,
    to,
    prepare,
    test: start,
    run,
    rotate,
    saving: preparing.pending,
    savedAt,
    saveError: preparing.actionError,
    rotating: rotating.pending,
    rotateError: rotating.actionError,
    clearRotateError: rotating.clear,
    lookAgain,
  };
}
