import { describe, expect, it } from 'vitest';
import { kitFile } from '#lib/byok/set-up-kit/set-up-kit.ts';
import { handOver } from './hand-over.ts';
import { describeSetUp, type SetUp } from './set-up.ts';
import { kitValuesOf } from './set-up-values.ts';
import { setupView } from './testing/setup-view.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const configuration = { region: 'eu-central-1', accountId: '111122223333', roleName: 'BYOK_Role' };

type Given = Partial<typeof configuration & { keyArn: string; roleArn: string }>;

function fileFor(given: Given, key: { alias?: string; description?: string } = {}) {
  const plain = setupView();
  const view = setupView({ configuration: { ...configuration, ...given }, key: { ...plain.key, ...key } });
  const setUp = describeSetUp(view) as SetUp;
  const values = kitValuesOf(view, setUp);
  if (!values) throw new Error('the set-up has no values for the kit');
  return { text: handOver(view, setUp, values), values };
}

/** The blocks of code, with their language. */
function blocks(text: string): { language: string; code: string }[] {
  return [...text.matchAll(/^(`{3,})(\w+)\n([\s\S]*?)\n\1$/gm)].map(([, , language, code]) => ({
    language: language ?? '',
    code: code ?? '',
  }));
}

describe('handOver', () => {
  it('has the script, the template, the module and the three policies, each whole', () => {
    const { text, values } = fileFor({});
    const [cli, cloudformation, terraform, ...policies] = blocks(text);
    expect(cli?.code).toBe(kitFile('cli', values).text.trimEnd());
    expect(cloudformation?.code).toBe(kitFile('cloudformation', values).text.trimEnd());
    expect(terraform?.code).toBe(kitFile('terraform', values).text.trimEnd());
    expect(policies).toHaveLength(3);
    for (const { code } of policies) expect(() => JSON.parse(code)).not.toThrow();
  });

  it('names a key that is there already, and creates none', () => {
    const { text } = fileFor({ keyArn });
    expect(text).toContain(keyArn);
    expect(text).not.toMatch(/create-key|AWS::KMS::Key|"aws_kms_key"/);
  });

  it('creates a role below its path', () => {
    const { text } = fileFor({ roleArn: 'arn:aws:iam::111122223333:role/team/Keyward' });
    expect(text).toContain("role_path='/team/'");
    expect(text).toContain("role_name='Keyward'");
  });

  it('lets no alias or description end a block of code', () => {
    const plain = blocks(fileFor({}).text).map(({ language }) => language);
    const { text } = fileFor({}, { alias: '```\n````', description: '\n```sh\nrm -rf /\n```' });
    expect(blocks(text).map(({ language }) => language)).toEqual(plain);
  });

  it('says what to send back', () => {
    expect(fileFor({}).text).toContain('Role ARN: `arn:aws:iam::111122223333:role/BYOK_Role`');
  });
});
