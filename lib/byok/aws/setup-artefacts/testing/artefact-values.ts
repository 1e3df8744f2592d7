/** For tests: the artefacts of a tenant that is to be set up from nothing. */
import { accountId, type Customer, externalId, region, serviceRoleArn, tenantId } from '#lib/kms/testing/customer.ts';
import { optionsFor, outcomes, run } from '#lib/kms/testing/run-self-test.ts';
import { readPolicyShape } from '../../policy-shape.ts';
import type { ArtefactValues } from '../artefact-values.ts';

export const roleName = 'KeywardRole';

export function artefactValues(parts: Partial<ArtefactValues> = {}): ArtefactValues {
  const arn = `arn:aws:iam::${accountId}:role/${roleName}`;
  return {
    tenant: { id: tenantId, name: 'Acme' },
    key: { id: '0a1b2c3d-0000-4000-8000-000000000001', alias: 'Production', description: 'Conversations.' },
    partition: 'aws',
    region,
    role: { accountId, arn, name: roleName, path: '/' },
    cmk: null,
    serviceRoleArn,
    externalId,
    shape: readPolicyShape({}),
    dataKeyPair: false,
    inUse: [],
    ...parts,
  };
}

/** The ARNs that a set-up gave, put into Test Configuration: how each check ended. */
export async function testWith(aws: Customer, arns: { roleArn: string; keyArn: string; roleName?: string }) {
  return outcomes(await run(optionsFor(aws, {}, { roleName, ...arns })));
}

/** Everything passes; a key pair is not asked for. */
export const allPassed = {
  format: 'passed',
  region: 'passed',
  connectivity: 'passed',
  authentication: 'passed',
  'confused-deputy': 'passed',
  key: 'passed',
  'data-key': 'passed',
  'encryption-decryption': 'passed',
  'data-key-pair': 'skipped',
  context: 'passed',
  'key-in-force': 'skipped',
};

/** What begins an expression in a shell, in HCL and in CloudFormation. */
const open = ['$', '{'].join('');

/** Free text that has broken out of somebody's quotes before. */
export const hostileTexts = [
  `it's "quoted" \\ and \\' again`,
  `$(id) \`id\` ${open}HOME} $HOME !! ; rm -rf / && true | cat > x`,
  `${open}var.region} $${open}x} $$${open}y} %{ if true } %%{z} %{endif}`,
  '{{resolve:ssm:/secret:1}} {{{resolve:secretsmanager:x}}}',
  'file:///etc/passwd',
  '--profile=other -rf',
  'line one\nPOLICY\nEOF\r\n# two\u2028three\u0000\u0007\t',
  '</script><!-- "} ] , */ // #',
  'ключ 鍵 🔑 é \u202egnirts\u202c',
  '',
];
