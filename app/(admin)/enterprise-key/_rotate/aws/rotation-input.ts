import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';

/** What belongs to the other mode is empty. */
export type RotationValues = {
  mode: AwsAuthMode;
  region: string;
  keyArn: string;
  roleArn: string;
  accessKeyId: string;
  /** A new one; empty where the stored one stays. */
  secret: string;
};
export type RotationField = Exclude<keyof RotationValues, 'mode'>;

export type RotationGiven =
  | Pick<RotationValues, 'region' | 'keyArn' | 'roleArn'>
  | Pick<RotationValues, 'region' | 'keyArn' | 'accessKeyId' | 'secret'>;
