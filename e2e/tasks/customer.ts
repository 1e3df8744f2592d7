/** What Acme's AWS administrator does in the simulated AWS. */
import type { Demo } from '../fixtures.ts';
import { simulatedAws } from './simulated-aws.ts';

const account = '111122223333';

export function customer(demo: Demo) {
  const { post, put } = simulatedAws(demo);
  const keyId = demo.readyAccount.keyArn;
  const kms = (action: string, input: object = {}) =>
    post(`accounts/${account}/kms/us-east-1/${action}`, { KeyId: keyId, ...input });
  const iam = (action: string, input: object) =>
    post(`accounts/${account}/iam/${action}`, { RoleName: 'BYOK_Role', ...input });
  return {
    disableKey: () => kms('DisableKey'),
    enableKey: () => kms('EnableKey'),
    applyTrustPolicy: (text: string) => iam('UpdateAssumeRolePolicy', { PolicyDocument: text }),
    applyPermissionPolicy: (text: string) => iam('PutRolePolicy', { PolicyName: 'BYOK_Policy', PolicyDocument: text }),
    applyKeyPolicy: (text: string) => kms('PutKeyPolicy', { PolicyName: 'default', Policy: text }),
    faults: (...rules: object[]) => put('faults', rules),
  };
}
