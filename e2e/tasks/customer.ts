/** What Acme's AWS administrator does in the simulated AWS. */
import type { Demo } from '../fixtures.ts';

const account = '111122223333';

export function customer(demo: Demo) {
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${demo.simulatorUrl}/_sim/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const keyId = demo.readyAccount.keyArn;
  const kms = (action: string, input: object = {}) =>
    send('POST', `accounts/${account}/kms/us-east-1/${action}`, { KeyId: keyId, ...input });
  const iam = (action: string, input: object) =>
    send('POST', `accounts/${account}/iam/${action}`, { RoleName: 'BYOK_Role', ...input });
  return {
    disableKey: () => kms('DisableKey'),
    enableKey: () => kms('EnableKey'),
    applyTrustPolicy: (text: string) => iam('UpdateAssumeRolePolicy', { PolicyDocument: text }),
    applyPermissionPolicy: (text: string) => iam('PutRolePolicy', { PolicyName: 'BYOK_Policy', PolicyDocument: text }),
    applyKeyPolicy: (text: string) => kms('PutKeyPolicy', { PolicyName: 'default', Policy: text }),
    faults: (...rules: object[]) => send('PUT', 'faults', rules),
  };
}
