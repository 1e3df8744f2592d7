/** What an installation sets for AWS, by the name in the environment. */
import { parseKeyArn, parseRoleArn } from '../../byok/aws/arn.ts';
import * as z from '../../byok/zod-config.ts';
import { readServicePrincipals } from './service-principals.ts';

export const awsSettings = {
  KEYWARD_PLATFORM_KMS_KEY_ARN: z
    .string()
    .refine((text) => parseKeyArn(text).ok, 'must be the ARN of a KMS key')
    .optional(),
  KEYWARD_SERVICE_ROLE_ARN: z
    .string()
    .refine((text) => parseRoleArn(text).ok, 'must be the ARN of an IAM role')
    .optional(),
  KEYWARD_SERVICE_PRINCIPALS: z
    .string()
    .transform((text) => readServicePrincipals(text))
    .refine((read) => read !== undefined, 'must be REGIONS=ROLE-ARN or REGIONS=ROLE-ARN@PROFILE, separated by commas')
    .transform((read) => read ?? [])
    .default([]),
};
