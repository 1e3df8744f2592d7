/**
 * For tests: runs a script in the real bash, with a program named `aws` that hands its arguments to this process, where
 * an administrator makes the call. Nothing is parsed here that bash has not parsed before.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Administrator } from './aws-administrator.ts';

export type ScriptRun = {
  code: number;
  stdout: string;
  stderr: string;
  calls: string[][];
  /** What it has kept, by the file's name. */
  files: Record<string, string>;
};

type Answer = { stdout: string; stderr: string; code: number };

export async function runScript(script: string, answer: (words: string[]) => Promise<Answer>): Promise<ScriptRun> {
  const folder = await mkdtemp(join(tmpdir(), 'keyward-script-'));
  const calls: string[][] = [];
  const server = createServer(async (request, response) => {
    const words = JSON.parse(await text(request)) as string[];
    calls.push(words);
    response.end(JSON.stringify(await answer(words)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await writeFile(join(folder, 'script.sh'), script);
    await writeFile(join(folder, 'aws'), program(url), { mode: 0o755 });
    await writeFile(join(folder, 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
    const ended = await bash(folder);
    return { ...ended, calls, files: await filesIn(folder) };
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

/** The administrator's answers as the AWS CLI prints them, with `--query` and `--output`. */
export function answering(administrator: Administrator) {
  return async (words: string[]): Promise<Answer> => {
    const [service = '', command = '', ...rest] = words;
    const options = readOptions(rest);
    try {
      const answer = await administrator.call(`${service} ${command}`, inputOf(options));
      const found = query(answer, options.query ?? '');
      const stdout = options.output === 'text' ? inWords(found) : JSON.stringify(found);
      return { stdout: `${stdout}\n`, stderr: '', code: 0 };
    } catch (error) {
      return { stdout: '', stderr: `An error occurred: ${String(error)}\n`, code: 254 };
    }
  };
}

/** The forms of JMESPath that the script uses: a path of names, a name of each item, a name of the first item that is so. */
function query(answer: unknown, path: string): unknown {
  const [, list = '', name = '', value, then = ''] =
    /^(\w+)\[\?(\w+)=='([^']*)'\]\.(\w+) \| \[0\]$/.exec(path) ?? /^(\w+)\[\]\.(\w+)$/.exec(path) ?? [];
  if (list === '') {
    const into = (part: unknown, one: string) => (one === '' ? part : (part as Record<string, unknown>)[one]);
    return path.split('.').reduce<unknown>(into, answer);
  }
  const items = (answer as Record<string, Record<string, unknown>[]>)[list] ?? [];
  if (value === undefined) return items.map((item) => item[name]);
  return items.find((item) => item[name] === value)?.[then] ?? null;
}

/** `--output text`: items stand beside each other, nothing is None. */
function inWords(found: unknown): string {
  if (Array.isArray(found)) return found.map(inWords).join('\t');
  return found === null || found === undefined ? 'None' : String(found);
}

/** `--name=value` and `--name value`, as the AWS CLI reads them. */
function readOptions(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let at = 0; at < words.length; at++) {
    const [, name, value] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(words[at] ?? '') ?? [];
    if (name === undefined) continue;
    if (value === undefined) at += 1;
    options[name] = value ?? words[at] ?? '';
  }
  return options;
}

/** `key-id` is the parameter KeyId. */
function inputOf({ query: _, output, region, ...options }: Record<string, string>): Record<string, unknown> {
  const entries = Object.entries(options).map(([name, value]) => {
    if (value.startsWith('file://')) throw new Error(`the AWS CLI would load ${value}`);
    const parameter = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    return [parameter, name === 'tags' ? [Object.fromEntries(value.split(',').map((one) => one.split('=')))] : value];
  });
  return Object.fromEntries(entries);
}

/**
 * The same with the real AWS CLI, version 2, against the simulated AWS. Where it is not on this machine, `findAwsCli` says so.
 */
export async function runScriptForReal(
  script: string,
  program: string,
  aws: RealAws,
): Promise<Omit<ScriptRun, 'calls'>> {
  const folder = await mkdtemp(join(tmpdir(), 'keyward-script-'));
  const { url, region, credentials, refuses } = aws;
  const refusing = refuses
    ? `[ "$2" != '${refuses}' ] || { echo "An error occurred (LimitExceededException)" >&2; exit 254; }\n`
    : '';
  const wrapper = `#!/bin/sh\n${refusing}exec '${program}' --endpoint-url='${url}' "$@"\n`;
  try {
    await writeFile(join(folder, 'script.sh'), script);
    await writeFile(join(folder, 'aws'), wrapper, { mode: 0o755 });
    const ended = await bash(folder, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    });
    return { ...ended, files: await filesIn(folder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export type RealAws = {
  url: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** A command that fails: `create-alias`. */
  refuses?: string;
};

/** The first `aws` of version 2 that is found where programs are. */
export function findAwsCli(): { ok: true; program: string } | { ok: false; missing: string } {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const program = join(folder, 'aws');
    if (!existsSync(program)) continue;
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (stdout?.startsWith('aws-cli/2.')) return { ok: true, program };
  }
  return { ok: false, missing: 'the AWS CLI, version 2, is not on this machine' };
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

function bash(folder: string, more: Record<string, string> = {}): Promise<Omit<ScriptRun, 'calls' | 'files'>> {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder, ...more };
  return new Promise((resolve) => {
    execFile('bash', ['script.sh'], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** In Node alone, so that nothing else has to be installed. */
function program(url: string): string {
  return `#!${process.execPath}
fetch(${JSON.stringify(url)}, { method: 'POST', body: JSON.stringify(process.argv.slice(2)) })
  .then((response) => response.json())
  .then(({ stdout, stderr, code }) => {
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = code;
  });
`;
}
