import type { ProviderWording } from '../provider-rules.ts';
import { awsChecks } from './checks.ts';
import { factWords, labelWords } from './fact-words.ts';
import { labelStatements, permissionsOf } from './permitted-actions.ts';
import { policyText } from './policies.ts';
import { verifiableSteps } from './set-up-steps.ts';

/** What AWS's checks and keys are told by, apart from what its rules demand. */
export const awsWords = {
  checks: awsChecks,
  setUpSteps: verifiableSteps,
  permissions: permissionsOf,
  letUsSee: (keyArn) => ({
    words:
      'Add these statements to the permission policy of the role or user, then test again. They let Keyward see the key’s labels and rotation, not use the key.',
    code: labelStatements(keyArn).map(policyText).join(',\n'),
  }),
  factWords: (facts, daysLeft) => [...factWords(facts, daysLeft), ...labelWords(facts)],
} satisfies ProviderWording;
