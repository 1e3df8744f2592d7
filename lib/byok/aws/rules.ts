import type { ProviderRules } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import { awsChecks } from './checks.ts';
import { blankAwsDraft, choiceChange, progress, testChange } from './choices.ts';
import { connectChange, connectValues } from './connect-values.ts';
import {
  type AwsConnection,
  type AwsDraft,
  accountIn,
  awsCanonical,
  awsConnectionSchema,
  awsConnectionVersion,
  awsDraftSchema,
  describeAws,
  toAwsConnection,
} from './connection.ts';
import { awsAliasProblem } from './created-key.ts';
import { awaitsKey, createdKey, keyPage, withCreatedKey } from './created-key-view.ts';
import { creationFailure, isNameTaken, lookFailure } from './creation-failure.ts';
import { customerRemedy } from './customer-remedy.ts';
import { awsDeclaration } from './declaration.ts';
import { checklistView, verificationOf, withFollowing } from './draft-checklist.ts';
import { awsForHistory, awsView } from './draft-view.ts';
import { factWords, labelWords } from './fact-words.ts';
import { awsFailureWords } from './failure-words.ts';
import { lossByPolicy } from './loss-by-policy.ts';
import { awsLossWords } from './loss-words.ts';
import { awsMessages } from './messages/aws-message.ts';
import { labelStatements, permissionsOf } from './permitted-actions.ts';
import { policyText } from './policies.ts';
import { policyReminder } from './policy-reminder.ts';
import { policyScope, policyScopeChoice } from './policy-scope.ts';
import { prepareChange, prepareValues } from './prepare-values.ts';
import { isKnownRegion, regionList } from './regions.ts';
import { type RotationValues, rotationChange, rotationValues } from './rotation-values.ts';
import type { ServiceRole } from './service-roles.ts';
import { verifiableSteps } from './set-up-steps.ts';
import { standingUsesOf } from './standing-uses-of.ts';
import { providerStepSchema } from './step-schemas.ts';

export const awsRules = {
  declaration: awsDeclaration,
  checks: awsChecks,
  setUpSteps: verifiableSteps,
  messages: awsMessages,
  draftSchema: awsDraftSchema,
  connectionSchema: awsConnectionSchema,
  connectionVersion: awsConnectionVersion,
  canonical: awsCanonical,
  canonicalStandsAlone: true,
  toConnection: toAwsConnection,
  describe: describeAws,
  steps: {
    provider: providerStepSchema,
    prepare: prepareValues,
    connect: connectValues,
    test: z.object({ dataKeyPair: z.boolean().optional() }),
    rotation: rotationValues,
  },
  placeStep: 'connect',
  placeIn: ({ region }: { region?: string }) => region,
  blank: blankAwsDraft,
  choiceChange,
  prepareChange,
  connectChange,
  testChange,
  rotationChange,
  rotationLocation: ({ region }: RotationValues) => region,
  missing(draft, secretId) {
    const key = draft.keyArn !== '' || awaitsKey(draft);
    if (draft.authMode !== 'access-key')
      return key && draft.roleArn !== '' ? null : 'Enter the Provider ARN and the Role ARN.';
    const complete = key && draft.accessKeyId !== '' && secretId !== null;
    return complete ? null : 'Enter Access Key ID, Secret Access Key and Key ID.';
  },
  progress,
  awaitsKey,
  withCreatedKey,
  places: regionList,
  knowsLocation: isKnownRegion,
  placeOfKey: (keyArn) => ({ location: keyArn.split(':')[3] ?? '', account: accountIn(keyArn) }),
  nameProblem: awsAliasProblem,
  creationFailure,
  failureWords: awsFailureWords,
  lossByPolicy,
  lossWords: awsLossWords,
  lookFailure,
  isNameTaken,
  createdKey,
  keyPage,
  forHistory: awsForHistory,
  view: awsView,
  identitiesView: (identities): ServiceRole[] =>
    identities.map(({ locations, identity }) => ({ regions: locations, roleArn: identity })),
  withFollowing,
  checklistView,
  verificationOf,
  permissions: permissionsOf,
  letUsSee: (keyArn) => ({
    words:
      'Add these statements to the permission policy of the role or user, then test again. They let Keyward see the key’s labels and rotation, not use the key.',
    code: labelStatements(keyArn).map(policyText).join(',\n'),
  }),
  factWords: (facts, daysLeft) => [...factWords(facts, daysLeft), ...labelWords(facts)],
  standingUses: standingUsesOf,
  customerRemedy,
  choices: { [policyScope]: policyScopeChoice },
  reminder: policyReminder,
} satisfies ProviderRules<AwsDraft, AwsConnection>;
