import type { ProviderWording } from '../provider-rules.ts';
import { awsChecks } from './checks.ts';
import { creationFailure } from './creation-failure.ts';
import { factWords, labelWords } from './fact-words.ts';
import { awsFailureWords } from './failure-words.ts';
import { lossByPolicy } from './loss-by-policy.ts';
import { awsLossWords } from './loss-words.ts';
import { awsMessages } from './messages/aws-message.ts';
import { labelStatements, permissionsOf } from './permitted-actions.ts';
import { policyText } from './policies.ts';
import { verifiableSteps } from './set-up-steps.ts';

/** How AWS's rules tell what happened, apart from what they demand. */
export const awsWords = {
  checks: awsChecks,
  setUpSteps: verifiableSteps,
  messages: awsMessages,
  creationFailure,
  failureWords: awsFailureWords,
  lossByPolicy,
  lossWords: awsLossWords,
  permissions: permissionsOf,
  letUsSee: (keyArn) => ({
    words:
      'Add these to the statements of the role’s or user’s permission policy, then test again. They let us see the key’s labels and rotation, not use the key.',
    code: labelStatements(keyArn).map(policyText).join(',\n'),
  }),
  factWords: (facts, daysLeft) => [...factWords(facts, daysLeft), ...labelWords(facts)],
} satisfies ProviderWording;
