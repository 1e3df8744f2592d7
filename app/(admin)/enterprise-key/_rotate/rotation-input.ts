import type { AuthModeId } from '#lib/byok/providers.ts';
import type { CheckId } from '#lib/byok/test-report.ts';

/** The mode is the key's own, which no rotation changes; what belongs to the other mode is empty. */
export type RotationValues = {
  mode: AuthModeId;
  region: string;
  keyArn: string;
  roleArn: string;
  accessKeyId: string;
  /** A new one; empty where the stored one stays. */
  secret: string;
};
export type RotationField = Exclude<keyof RotationValues, 'mode'>;

type At = { keyId: string; revision: number };
export type PrepareInput = At & {
  values:
    | Pick<RotationValues, 'region' | 'keyArn' | 'roleArn'>
    | Pick<RotationValues, 'region' | 'keyArn' | 'accessKeyId' | 'secret'>;
};
export type RotateInput = At & { acknowledged: CheckId[]; reencrypt: boolean };
