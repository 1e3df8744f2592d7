import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from './project-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyward-vectors-'));
const own = join(projectRoot, 'lib', 'envelope', 'testing', 'xaes-256-gcm.vectors.json');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('vectors that hold: N passed, 0 failed, exit code 0', () => {
  expect(run(own)).toEqual({ code: 0, last: '65 passed, 0 failed', errors: '' });
});

test('a vector that does not hold is named and counted, exit code 1', () => {
  const vectors = JSON.parse(readFileSync(own, 'utf8'));
  vectors[1].ciphertext = `00${vectors[1].ciphertext.slice(2)}`;
  vectors[3].valid = false;
  const { code, last, said } = runOn(JSON.stringify(vectors));
  expect({ code, last }).toEqual({ code: 1, last: '63 passed, 2 failed' });
  expect(said).toContain('Vector 2 failed: sealing gives another ciphertext.');
  expect(said).toContain('Vector 4 failed: it opens, although it is not valid.');
});

test('a file that cannot be used gets a sentence and exit code 2', () => {
  const missing = join(folder, 'missing.json');
  expect(run(missing)).toMatchObject({ code: 2, errors: `${missing} cannot be used. There is no such file.\n` });
  expect(run(folder)).toMatchObject({ code: 2, errors: `${folder} cannot be used. It cannot be read (EISDIR).\n` });
  expect(runOn('[{"key":""}]')).toMatchObject({ code: 2, errors: expect.stringContaining('"nonce" is missing') });
  expect(run()).toMatchObject({ code: 2, errors: 'Name the file with the vectors: npm run vectors -- FILE\n' });
});

function runOn(text: string) {
  const file = join(folder, 'vectors.json');
  writeFileSync(file, text);
  const said = command([file]);
  return { ...read(said), said: said.stdout };
}

function run(...files: string[]) {
  return read(command(files));
}

function read({ status, stdout, stderr }: ReturnType<typeof command>) {
  return { code: status, last: stdout.trimEnd().split('\n').at(-1), errors: stderr };
}

function command(files: string[]) {
  const args = ['--conditions=react-server', join(projectRoot, 'scripts', 'vectors.ts'), ...files];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}
