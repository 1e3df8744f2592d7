import { describe, expect, it } from 'vitest';
import { artefactFiles } from '#lib/byok/aws/setup-artefacts/setup-artefacts.ts';
import { describeSetUp, type SetUp } from '../../../_shared/aws/set-up.ts';
import { setupView } from '../../testing/setup-view.ts';
import { artefactValuesOf } from '../guide/set-up-values.ts';
import { handOver } from './hand-over.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const configuration = { region: 'eu-central-1', accountId: '111122223333', roleName: 'BYOK_Role' };

type Given = Partial<typeof configuration & { keyArn: string; roleArn: string }>;

function fileFor(given: Given, key: { alias?: string; description?: string } = {}) {
  const plain = setupView();
  const view = setupView({ configuration: { ...configuration, ...given }, key: { ...plain.key, ...key } });
  const setUp = describeSetUp(view) as SetUp;
  const values = artefactValuesOf(view, setUp);
  if (!values) throw new Error('the set-up has no values for the artefacts');
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
    const shown = blocks(text).map(({ code }) => code);
    const files = (['cli', 'cloudformation', 'terraform'] as const).flatMap((format) => {
      const { program, parameters } = artefactFiles(format, values);
      return [...(parameters ? [parameters.text] : []), program.text].map((file) => file.trimEnd());
    });
    expect(shown.slice(0, files.length)).toEqual(files);
    const policies = blocks(text).slice(files.length);
    expect(policies).toHaveLength(3);
    for (const { code } of policies) expect(() => JSON.parse(code)).not.toThrow();
  });

  it('names a key that is there already, and creates none', () => {
    const { text } = fileFor({ keyArn });
    expect(text).toContain(`key_arn='${keyArn}'`);
    expect(text).toContain(`"key_arn": "${keyArn}"`);
    expect(text).not.toContain('"ParameterKey": "MakeKey"');
    expect(text).not.toContain('Create a symmetric key');
  });

  it('says for each step in which account it is done, where there are two', () => {
    const { text } = fileFor({ keyArn: keyArn.replace('111122223333', '444455556666') });
    expect(text).toContain('| AWS account of the key | 444455556666 |');
    expect(text).toContain('In account 111122223333, create the role');
    expect(text).toContain('In account 444455556666, replace the policy of the key');
    expect(text).toContain('Run it in account 111122223333, the role’s, and then again in 444455556666');
  });

  it('says what takes the key away, and what does not', () => {
    const [takes = '', doesNot = ''] = fileFor({}).text.split('These do not revoke access:');
    expect(takes).toContain('Disable the key in AWS KMS.');
    expect(doesNot).toContain('Remove the role’s permission policy. The key policy names the role itself');
    const apart = fileFor({ keyArn: keyArn.replace('111122223333', '444455556666') }).text;
    expect(apart).toContain(
      'Remove the role’s permission policy. Between two accounts both policies have to allow it.',
    );
    expect(apart).not.toContain('These do not revoke access');
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
