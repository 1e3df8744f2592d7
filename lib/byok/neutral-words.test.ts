import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What only a key in AWS has, or is called. */
const ofAws = /\b(AWS|Amazon|IAM|ARNs?|STS|CloudTrail|CloudFormation|[Aa]ccess [Kk]eys?|(kms|sts):[A-Z]\w*)\b/;
/** Folders of AWS, and what people never read. */
const left = /\/aws\/|\/testing\/|\/generated\/|\.(test|fixture)\.tsx?$|\.contract\.ts$/;

/** Neutral files that speak of AWS all the same, each with its reason. */
const excepted: Record<string, string> = {
  // The vendor's own AWS: environment variables, and where the SDK is led instead of AWS.
  'lib/config/aws-endpoints.ts': 'AWS_ENDPOINT_URL',
  'lib/config/variables.ts': 'what an installation sets for AWS, described',
  'app/_shell/aws-banner.tsx': 'AWS_ENDPOINT_URL, on every page',
  // For services that ask AWS KMS by themselves.
  'lib/envelope/kms-source-aws.ts': 'a source of data keys in AWS',
};

it('neutral files say nothing in words of AWS', () => {
  const found = neutralFiles().flatMap((file) => (file in excepted ? [] : sentencesOfAws(file, read(file))));
  expect(found).toEqual([]);
});

it('what is excepted is there, and still has to be', () => {
  const needless = Object.keys(excepted).filter((file) => sentencesOfAws(file, read(file)).length === 0);
  expect(needless).toEqual([]);
});

it.each([
  ['a text', "const next = 'Enable the key in AWS.';"],
  ['a template', `const next = \`Enable $\{key} in AWS.\`;`],
  ['an element', 'const next = <p>Enable it in AWS.</p>;'],
  ['an attribute', 'const next = <Panel title="Tags in AWS" />;'],
  ['what lets us in there', 'const next = <p>Put your access key here.</p>;'],
  ['the name of an action', "const reason = 'kms:ListKeys is not permitted.';"],
])('%s of AWS would be found', (_, code) => {
  expect(sentencesOfAws('sample.tsx', code)).toHaveLength(1);
});

it('code, comments and imports are no sentences', () => {
  const code = "import { x } from './AWS';\n// AWS\nconst AWS = awsRules['aws-arn'] ?? 'arn:aws:kms';";
  expect(sentencesOfAws('sample.ts', code)).toEqual([]);
});

function neutralFiles(): string[] {
  const names = ['app', 'lib', 'components'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return names.filter((name) => /\.tsx?$/.test(name) && !left.test(name));
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function sentencesOfAws(file: string, text: string): string[] {
  if (!ofAws.test(text)) return [];
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isWords(node) && ofAws.test(node.text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${node.text.trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isWords(node: ts.Node): node is ts.LiteralLikeNode {
  if (ts.isImportDeclaration(node.parent ?? node)) return false;
  return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
}
