import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from './project-root.ts';

type Entry = { version: string; dev?: boolean; devOptional?: boolean; optional?: boolean };

let folder: string;
const modules = () => join(folder, 'node_modules');

/** A clean copy in which each command says its name and with which Node it runs, and npm would say that it was called. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-bootstrap-'));
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['package.json', 'package-lock.json', 'scripts/bootstrap.mjs'])
    copyFileSync(join(projectRoot, name), join(folder, name));
  for (const name of ['run', 'check', ...commands])
    writeFileSync(join(folder, 'scripts', `${name}.ts`), "console.log('ran', process.argv[2], process.argv0);");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What npm writes down of what it has installed, for the packages of the lockfile that are chosen. */
function installed(choose: (entry: Entry) => boolean): void {
  mkdirSync(join(modules(), '.bin'), { recursive: true });
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  const chosen = Object.entries(packages).filter(([path, entry]) => path !== '' && choose(entry));
  writeFileSync(join(modules(), '.package-lock.json'), JSON.stringify({ packages: Object.fromEntries(chosen) }));
}

const forProduction = ({ dev, devOptional, optional }: Entry) => !dev && !devOptional && !optional;

function shipNode(): void {
  symlinkSync(process.execPath, join(modules(), '.bin', 'node'));
}

function run(command: string, asNode = process.version): { status: number | null; said: string } {
  const [major, minor, patch] = asNode.slice(1).split('.');
  const pretend = `data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, 'version', { value: '${asNode}' });
     Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${major}.${minor}.${patch}' } });`,
  )}`;
  const args = ['--import', pretend, join(folder, 'scripts', 'bootstrap.mjs'), command];
  // Without npm on the way, whoever would install fails at once.
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', env: { NODE_ENV: 'test', PATH: '/nowhere' } });
  return { status: done.status, said: `${done.stdout}${done.stderr}`.trim() };
}

const commands = ['start', 'worker', 'data-plane', 'migrate', 'operator', 'tenant', 'person', 'app'];

describe.each(commands)('npm run %s', (command) => {
  it('starts without development packages, on the Node that they bring', () => {
    installed(forProduction);
    shipNode();
    expect(run(command, 'v20.1.0')).toEqual({
      status: 0,
      said: `ran ${command} ${join(modules(), '.bin', 'node')}`,
    });
    expect(existsSync(join(modules(), '.keyward-install'))).toBe(false);
  });

  it('installs nothing where packages are missing, and says so in a sentence', () => {
    installed(() => false);
    const { status, said } = run(command);
    expect({ status, lines: said.split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(said).toMatch(/not installed as package-lock.json requires.*--omit=dev.*Nothing was started\.$/);
  });
});

it('refuses a Node that does not do in a sentence, where none was shipped', () => {
  installed(forProduction);
  const { status, said } = run('start', 'v20.20.2');
  expect(status).toBe(1);
  expect(said).toMatch(/^Keyward needs Node 24 or newer, and this is v20\.20\.2.*Nothing was started\.$/);
});

it('runs on the Node that started it, where none was shipped and that one does', () => {
  installed(forProduction);
  expect(run('start', 'v24.1.0')).toEqual({ status: 0, said: expect.stringMatching(/^ran start .*node$/) });
});

it('the Node that Keyward ships is no development package', () => {
  const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  expect(dependencies.node).toMatch(/^24\./);
});

it('.nvmrc names the same major version', () => {
  expect(readFileSync(join(projectRoot, '.nvmrc'), 'utf8')).toBe('24\n');
});

it('a command of development installs what is missing', () => {
  installed(forProduction);
  expect(run('check').said).toContain('Installing what is missing');
});
