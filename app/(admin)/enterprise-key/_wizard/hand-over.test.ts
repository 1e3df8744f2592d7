import { describe, expect, it } from 'vitest';
import { handOver } from './hand-over.ts';
import { describeSetUp, type SetUp } from './set-up.ts';
import { setupView } from './testing/setup-view.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const configuration = { region: 'eu-central-1', accountId: '111122223333', roleName: 'BYOK_Role' };

function fileFor(given: Partial<typeof configuration & { keyArn: string; roleArn: string }>): string {
  const view = setupView({ configuration: { ...configuration, ...given } });
  const setUp = describeSetUp(view) as SetUp;
  expect(setUp).not.toBeNull();
  return handOver(view, setUp);
}

/** The texts of the files that the commands write. */
function written(text: string): { name: string; quoted: boolean; content: string }[] {
  return [...text.matchAll(/cat > (\S+) <<('?)EOF'?\n([\s\S]*?)\nEOF/g)].map(([, name, quote, content]) => ({
    name: name ?? '',
    quoted: quote === "'",
    content: content ?? '',
  }));
}

describe('handOver', () => {
  it('has the three policies in an order that works, each as JSON', () => {
    const files = written(fileFor({}));
    expect(files.map(({ name }) => name)).toEqual(['trust-policy.json', 'key-policy.json', 'permission-policy.json']);
    for (const { content } of files) expect(() => JSON.parse(content)).not.toThrow();
  });

  it('leaves the key’s ARN to the shell while there is none, and only there', () => {
    const text = fileFor({});
    expect(text).toContain('KEY_ARN=$(aws kms create-key --region eu-central-1');
    expect(
      written(text)
        .filter(({ quoted }) => !quoted)
        .map(({ name }) => name),
    ).toEqual(['permission-policy.json']);
    expect(written(text).map(({ content }) => content.includes('$KEY_ARN'))).toEqual([false, false, true]);
  });

  it('names a key that is there already, and creates none', () => {
    const text = fileFor({ keyArn });
    expect(text).not.toContain('KEY_ARN');
    expect(text).not.toContain('create-key');
    expect(text).toContain(
      `put-key-policy --region eu-central-1 --policy-name default --policy file://key-policy.json --key-id ${keyArn}`,
    );
    expect(written(text).every(({ quoted }) => quoted)).toBe(true);
  });

  it('creates a role below its path', () => {
    expect(fileFor({ roleArn: 'arn:aws:iam::111122223333:role/team/Keyward' })).toContain(
      'create-role --role-name Keyward --path /team/',
    );
  });

  it('says what to send back', () => {
    expect(fileFor({})).toContain('Role ARN: `arn:aws:iam::111122223333:role/BYOK_Role`');
  });
});
