/**
 * For tests: runs a script in the real bash, with a program named `aws` that hands its arguments to this process, where
 * an administrator makes the call. Nothing is parsed here that bash has not parsed before.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Administrator } from './aws-administrator.ts';

export type ScriptRun = { code: number; stdout: string; stderr: string; calls: string[][] };

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
    return { ...(await bash(folder)), calls };
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
      const found = (options.query ?? '').split('.').reduce<unknown>(
        // `--query Role.Arn`: a path of names is all that the script uses.
        (part, name) => (name === '' ? part : (part as Record<string, unknown>)[name]),
        answer,
      );
      const stdout = options.output === 'text' ? String(found) : JSON.stringify(found);
      return { stdout: `${stdout}\n`, stderr: '', code: 0 };
    } catch (error) {
      return { stdout: '', stderr: `An error occurred: ${String(error)}\n`, code: 254 };
    }
  };
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
function inputOf({ query, output, region, ...options }: Record<string, string>): Record<string, string> {
  const entries = Object.entries(options).map(([name, value]) => {
    if (value.startsWith('file://')) throw new Error(`the AWS CLI would load ${value}`);
    return [name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()), value] as const;
  });
  return Object.fromEntries(entries);
}

function bash(folder: string): Promise<Omit<ScriptRun, 'calls'>> {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder };
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
