import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { projectRoot } from './project-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyward-policies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const own = join(projectRoot, 'lib', 'byok', 'aws', 'policy-checker', 'testing', 'policy-cases.json');
const { values, cases } = JSON.parse(readFileSync(own, 'utf8'));
const textOf = (name: string): string => cases.find((one: { name: string }) => one.name === name).text;
const valuesFile = file('values.json', JSON.stringify(values));
const sound = file('sound.json', textOf('A sound trust policy'));
const wide = file('wide.json', textOf('A list of one statement, without an external ID'));

describe('--cases', () => {
  test('cases that are right: N passed, 0 failed, exit code 0', async () => {
    const { code, last } = await run('--cases', own);
    expect({ code, last }).toEqual({ code: 0, last: `${cases.length} passed, 0 failed` });
  });

  test('what is wrong is named, with what was expected and what came, and the exit code is 1', async () => {
    const wrong = [
      { ...cases[0], expect: { verdict: 'wide' } },
      { ...cases[1], expect: { verdict: 'sound', keeps: ['NoSuchStatement'] } },
      {
        ...cases[2],
        kind: 'recognise',
        expect: { verdict: 'sound', recognised: 'trust', says: ['nothing says this'] },
      },
      cases[3],
    ];
    const { code, last, said } = await run('--cases', file('wrong.json', JSON.stringify({ values, cases: wrong })));
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 3 failed' });
    expect(said).toContain(`${cases[0].name}\n  expected wide, got sound`);
    expect(said).toContain('the statement NoSuchStatement to stay');
    expect(said).toContain('recognised as trust, got key');
    expect(said).toContain('expected one of nothing says this to be said');
  });

  test('a file that cannot be used is told of in one sentence, exit code 2', async () => {
    expect(await run('--cases', join(folder, 'none.json'))).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/no such file/),
    });
    expect(await run('--cases', file('broken.json', '{"values":'))).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/Line 1/),
    });
    expect(await run('--cases', file('empty.json', JSON.stringify({ values, cases: [] })))).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/cases/),
    });
  });
});

describe('policies for somebody at a terminal', () => {
  test('nothing found: exit code 0', async () => {
    expect(await run(sound, '--for', valuesFile)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/sound\.json: trust policy, sound/),
    });
  });

  test('what is found is said, with what goes and the corrected text, and the exit code is 1', async () => {
    const { code, said } = await run(sound, wide, '--for', valuesFile);
    expect(code).toBe(1);
    expect(said).toMatch(/wide\.json: trust policy, wide\n {2}Too wide: No external ID is required\./);
    expect(said.indexOf('Statement 1 goes. It was:')).toBeLessThan(said.indexOf('Corrected:'));
    expect(said).toContain(`"sts:ExternalId": "${values.externalId}"`);
  });

  test('--json says the same to a program', async () => {
    const { code, said } = await run(wide, '--for', valuesFile, '--json', '--kind', 'trust');
    const [one] = JSON.parse(said);
    expect(code).toBe(1);
    expect(one).toMatchObject({
      file: wide,
      verdict: 'wide',
      kind: 'trust',
      findings: [{ code: 'external-id-missing', statement: 1, severity: 'wide' }],
      corrected: { gone: [{ statement: 1, how: 'removed' }], left: [] },
    });
  });

  test('what is no policy is named, and nothing in it reaches the terminal as a command', async () => {
    expect(await run(file('key.tf', 'resource "aws_kms_key" "k" {\n}'), '--for', valuesFile)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/unreadable\n {2}.*Terraform/),
    });
    const text = textOf('A sound trust policy').replace('KeywardService"', 'Keyward\\u001b[31mService"');
    const { said } = await run(file('escape.json', text), '--for', valuesFile);
    expect(said).toContain('\\u001b[31m');
    expect(said).not.toContain('\u001b');
  });

  test('without values, files or a known kind there is nothing to check: exit code 2', async () => {
    const nothing = [[], [sound], ['--for', valuesFile], [sound, '--for', valuesFile, '--kind', 'bucket'], ['--what']];
    for (const answer of await Promise.all(nothing.map((args) => run(...args)))) {
      expect(answer).toMatchObject({ code: 2, errors: expect.stringMatching(/Say what to check/) });
    }
    expect(await run(sound, '--for', sound)).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/cannot be used/),
    });
  });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: string[]): Promise<{ code: number; said: string; last: string; errors: string }> {
  const script = ['--conditions=react-server', join(projectRoot, 'scripts', 'check-policy.ts'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, script, { cwd: projectRoot }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      resolve({ code, said: stdout, last: stdout.trim().split('\n').at(-1) ?? '', errors: stderr });
    });
  });
}
