import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, startAws } from '../../../kms/testing/customer.ts';
import { optionsFor, outcomes, run } from '../../../kms/testing/run-self-test.ts';
import { type PolicyShape, readPolicyShape } from '../policy-shape.ts';
import type { ArtefactValues } from './artefact-values.ts';
import { cliScript } from './cli-script.ts';
import { cloudFormationParameters, cloudFormationTemplate } from './cloudformation-template.ts';
import { terraformParameters } from './terraform-module.ts';
import { applyParameters } from './testing/apply-parameters.ts';
import { applyTemplate } from './testing/apply-template.ts';
import { allPassed, artefactValues, roleName } from './testing/artefact-values.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import { answering, runScript } from './testing/run-script.ts';

let aws: Customer;
let administrator: Administrator;
beforeAll(async () => {
  aws = await startAws();
  administrator = await administratorOf(aws);
});
afterAll(async () => {
  administrator.close();
  await aws.close();
});
afterEach(() => administrator.removeRole());

const sister = '0c0ffee0-1111-4222-8333-444455556666';
const shapes: [string, Partial<PolicyShape>][] = [
  ['our account and the customer’s account', { trustPrincipal: 'account', keyPrincipal: 'account' }],
  ['a second tenant', { otherTenants: [sister] }],
  ['the account and a second tenant', { keyPrincipal: 'account', otherTenants: [sister] }],
];

type Arns = { roleArn: string; keyArn: string };
const formats: [string, (values: ArtefactValues) => Promise<Arns>][] = [
  [
    'the AWS CLI script',
    async (values) => {
      const { code, stdout } = await runScript(cliScript(values), answering(administrator));
      expect(code).toBe(0);
      const find = (label: string) => new RegExp(`^${label}: (\\S+)$`, 'm').exec(stdout)?.[1] ?? '';
      return { roleArn: find('Role ARN'), keyArn: find('Provider ARN') };
    },
  ],
  [
    'the CloudFormation template',
    async (values) => {
      const parameters = cloudFormationParameters(values);
      const { outputs } = await applyTemplate(cloudFormationTemplate(), parameters, administrator);
      return { roleArn: outputs.RoleArn ?? '', keyArn: outputs.KeyArn ?? '' };
    },
  ],
  ['the Terraform parameters', (values) => applyParameters(terraformParameters(values), administrator)],
];

describe.each(formats)('%s', (format, apply) => {
  it.each(shapes)('sets up policies for %s, with data key pairs, and every check passes', async (title, shape) => {
    const id = `${format.length}${title.length}000000-1`;
    const values = artefactValues({
      key: { id, alias: title.length.toString(), description: '' },
      shape: { ...readPolicyShape({}), ...shape },
      dataKeyPair: true,
    });
    const arns = await apply(values);
    const configuration = { ...arns, roleName, dataKeyPair: true };
    expect(outcomes(await run(optionsFor(aws, {}, configuration)))).toEqual({
      ...allPassed,
      'data-key-pair': 'passed',
    });
    const policy = await aws.kms('GetKeyPolicy', { KeyId: arns.keyArn, PolicyName: 'default' });
    const allowed = JSON.parse(String(policy.Policy)) as {
      Statement: { Sid: string; Principal: { AWS: string | string[] } }[];
    };
    const uses = allowed.Statement.find(({ Sid }) => Sid === 'KeywardUsesThisKey');
    expect(String(uses?.Principal.AWS)).toMatch(shape.keyPrincipal === 'account' ? /:root$/ : /:role\//);
    expect(JSON.stringify(uses).includes(sister)).toBe(shape.otherTenants !== undefined);
  });
});
