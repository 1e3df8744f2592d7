/** Which actions the checks have tried on the customer's key, and what AWS answered to each: seen at the client itself. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { outcomeOfCall } from '#lib/byok/aws/permitted-actions.ts';
import type { ActionOutcome } from '#lib/byok/permissions.ts';
import type { TestRun } from './test-run.ts';

export type TriedAction = { action: string; outcome: ActionOutcome };

const watched = new WeakMap<KMSClient, Map<string, ActionOutcome>>();

/**
 * Begins a check: from here on each call under the customer's credentials is noted, the last answer of each action.
 * @returns what was tried since; nothing while no earlier check has obtained credentials
 */
export function watchActions(test: TestRun): () => TriedAction[] {
  const { kms } = test;
  if (!kms) return () => [];
  const tried = watched.get(kms) ?? watch(kms);
  tried.clear();
  return () => [...tried].map(([action, outcome]) => ({ action, outcome }));
}

function watch(kms: KMSClient): Map<string, ActionOutcome> {
  const tried = new Map<string, ActionOutcome>();
  kms.middlewareStack.add(
    (next, context) => async (args) => {
      const action = `kms:${String(context.commandName).replace(/Command$/, '')}`;
      try {
        const answer = await next(args);
        tried.set(action, outcomeOfCall(null));
        return answer;
      } catch (error) {
        tried.set(action, outcomeOfCall(error instanceof Error ? error.name : 'unknown'));
        throw error;
      }
    },
    { step: 'initialize', name: 'noteAction' },
  );
  watched.set(kms, tried);
  return tried;
}
