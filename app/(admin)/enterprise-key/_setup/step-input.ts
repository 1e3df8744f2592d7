import type { PolicyShape } from '#lib/byok/aws/policy-shape.ts';
import type { AccessKeyStep, ProviderStep } from '#lib/byok/aws/step-schemas.ts';
import type { SavedSelection } from '../_shared/apps-choice/apps-selection.ts';

/** What each step saves: the contract of the operation that saves a step. */
export type StepInput =
  | {
      step: 'provider';
      values: ProviderStep;
    }
  | { step: 'prepare'; values: { policyShape?: PolicyShape; keyArn?: string; roleArn?: string } }
  | { step: 'connect'; values: { keyArn: string; roleArn: string } | AccessKeyStep }
  | { step: 'test'; values: { dataKeyPair?: boolean } }
  | { step: 'date'; values: { choice: 'now' } | { choice: 'at'; localDateTime: string; timeZone: string } }
  | { step: 'apps'; values: SavedSelection };

export type SaveStepInput = StepInput & { keyId: string; revision: number };
