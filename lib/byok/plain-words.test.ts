import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['app', 'components', 'lib', 'scripts'];
/** Programs that are handed out, and what people never read. */
const left = /\/setup-artefacts\/|\/testing\/|\/generated\/|\.(test|fixture)\.tsx?$|\.contract\.ts$/;

/** What makes people stumble, each with why. */
const stumbles: readonly (readonly [why: string, found: (sentence: string) => boolean])[] = [
  ['has more than 20 words', (sentence) => wordsIn(sentence) > 20],
  ['begins without a subject', (sentence) => /^(Whoever|Nobody|From when|From then)\b/.test(sentence)],
  ['speaks of somebody', (sentence) => /\b(whoever|nobody|somebody|anybody)\b/i.test(sentence)],
  ['says we, and means Keyward', (sentence) => /(?<![-\w])([Ww]e|us|[Oo]urs?)(?![-\w])/.test(sentence)],
  ['says what no native speaker would', (sentence) => /\b(mend|anew|hangs? on|as whom|lies? under)\b/i.test(sentence)],
];

it('every sentence for people is short, has a subject and names Keyward', { timeout: 30_000 }, () => {
  const found = folders.flatMap(filesIn).flatMap((file) => stumblesIn(file, readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

it.each([
  ['a text', "const next = 'From when the key is to protect your data.';"],
  ['a template', `const next = \`We could not reach $\{name}.\`;`],
  ['an element with others in it', '<p>Nothing was <b>sent</b> to us.</p>'],
  ['a text in two pieces', `const next = 'Nothing ${'very '.repeat(12)}' + '${'much '.repeat(12)}was done.';`],
  ['an attribute', '<Panel description="Mend the policy." />'],
])('%s would be found', (_, code) => {
  expect(stumblesIn('sample.tsx', code)).toHaveLength(1);
});

it('code, names and classes are no sentences', () => {
  const code = `import { us } from './us'; const look = '${'flex '.repeat(30)}'; const who = 'us'; // We.\nconst a = 'all of ours';`;
  expect(stumblesIn('sample.tsx', code)).toEqual([]);
});

function filesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.map((name) => `${folder}/${name}`).filter((name) => /\.tsx?$/.test(name) && !left.test(name));
}

function stumblesIn(file: string, text: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const sentence of isWhole(node) ? sentencesOf(textOf(node) ?? '') : [])
      for (const [why, stumbling] of stumbles)
        if (stumbling(sentence)) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart());
          found.push(`${file}:${line + 1} ${why}: ${sentence}`);
        }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A text, but not a piece of a longer one. */
function isWhole(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent || ts.isImportDeclaration(parent) || textOf(node) === null) return false;
  return textOf(parent) === null;
}

/** Stands for what is only known when it is shown, and counts as one word. */
const unknown = '{}';

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => unknown + literal.text).join('');
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [before, after] = [textOf(node.left), textOf(node.right)];
    return before === null && after === null ? null : (before ?? unknown) + (after ?? unknown);
  }
  if (ts.isJsxText(node)) return node.text;
  if (ts.isJsxElement(node) && node.children.some((child) => ts.isJsxText(child) && child.text.trim() !== ''))
    return node.children.map((child) => textOf(child) ?? unknown).join('');
  if (ts.isJsxExpression(node)) return node.expression ? (textOf(node.expression) ?? unknown) : '';
  return null;
}

/** Only what ends as a sentence does: labels, names, code and SQL are none. */
function sentencesOf(text: string): string[] {
  if (/^\s*(SELECT|INSERT)\b/.test(text)) return [];
  const sentences = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.?!])["”)]? (?=[\p{Lu}{“])/u);
  return sentences.filter((sentence) => /^["“]?[\p{Lu}{].*[.?!…:]["”)]?$/u.test(sentence));
}

function wordsIn(sentence: string): number {
  return sentence.split(' ').filter((word) => /[\p{L}\p{N}{]/u.test(word)).length;
}
