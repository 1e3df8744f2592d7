import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { storedMessage } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { because } from './because.ts';
import { explain } from './explain.ts';

const lib = fileURLToPath(new URL('../../', import.meta.url));
/** Where the refusals come from that end a try of a key transition. */
const sources = ['jobs', 'keyring', 'key-lifecycle', 'byok/connection-mode.ts'];
/** Thrown to people who set a key up; no transition creates one. */
const elsewhere = ['key-lifecycle/key-creation.ts'];

it('a failed try is written down as a code with its arguments', () => {
  const why = message('data-keys-left-behind', { reason: null, count: 2, total: 9 });
  expect(explain(because('key-outage', why, ['r-1']))).toEqual({
    code: 'key-outage',
    message: why,
    providerRequestIds: ['r-1'],
  });
});

it('words of a refusal are not written down: without a message its code says what it was', () => {
  const refusal = new Refusal('conflict', { details: { reason: 'Somebody else was quicker.' } });
  expect(explain(refusal)).toEqual({ code: 'conflict', message: null, providerRequestIds: [] });
});

it('a row of before messages still says what it said', () => {
  expect(wordsOf(storedMessage(null, 'The key is disabled.'))).toBe('The key is disabled.');
});

it('every refusal that gives a reason here gives its message too', () => {
  const found = filesOf(sources).flatMap((file) => uncoded(file, readFileSync(join(lib, file), 'utf8')));
  expect(found).toEqual([]);
});

it.each([
  ["new Refusal('conflict', { details: { reason: 'Busy.' } })", 1],
  ["new Refusal('conflict', { details: { failure, cause: text }, cause: error })", 1],
  ["new Refusal('conflict', { details: { reason: wordsOf(why) }, why })", 0],
  ["new Refusal('conflict', { cause: error })", 0],
])('%s: %i without a message', (code, count) => {
  expect(uncoded('sample.ts', `throw ${code};`)).toHaveLength(count);
});

function filesOf(names: readonly string[]): string[] {
  const all = names.flatMap((name) =>
    name.endsWith('.ts')
      ? [name]
      : readdirSync(join(lib, name), { recursive: true, encoding: 'utf8' }).map((file) => `${name}/${file}`),
  );
  return all.filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|\/testing\//.test(file) && !elsewhere.includes(file));
}

function uncoded(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Refusal') {
      const more = node.arguments?.[1];
      if (more && saysWhy(propertyOf(more, 'details')) && !has(more, 'why')) found.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function saysWhy(details: ts.Node | undefined): boolean {
  return details !== undefined && (has(details, 'reason') || has(details, 'cause'));
}

function has(node: ts.Node, name: string): boolean {
  return ts.isObjectLiteralExpression(node) && node.properties.some((property) => property.name?.getText() === name);
}

function propertyOf(node: ts.Node, name: string): ts.Node | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const property = node.properties.find((one) => one.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
