import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { Refusal } from '../refusal.ts';
import { build, ensure } from '../steps.ts';
import { type Command, runNode } from './command.ts';
import type { Check } from './runner.ts';

const require = createRequire(import.meta.url);
const next = require.resolve('next/dist/bin/next');

/** Next's own declarations of routes and assets first: without them the types of pages are guessed. */
export const typesCheck: Check = {
  name: 'types',
  run: async () => {
    await succeed({ args: [next, 'typegen'] });
    await succeed({ args: [require.resolve('typescript/bin/tsc'), '--noEmit', '-p', '.'] });
    return one;
  },
};

export const lintCheck: Check = {
  name: 'lint',
  run: async () => {
    const biome = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin', 'biome');
    const output = await succeed({ args: [biome, 'ci', '--colors=off', '.'] });
    const files = Number(/Checked (\d+) files?/.exec(output)?.[1] ?? 0);
    console.log(`${files} files read.`);
    return files > 0 ? one : { passed: 0, failed: 0 };
  },
};

/** In a process of its own, so that the memory of the module graph does not stay. */
export const importsCheck: Check = {
  name: 'import rules',
  run: async () => {
    console.log(await succeed({ args: [join(projectRoot, 'scripts', 'import-rules.ts')] }));
    return one;
  },
};

export const buildCheck: Check = {
  name: 'production build',
  run: async () => {
    console.log((await ensure(build)) === 'unchanged' ? 'Nothing has changed since the last build.' : 'Built.');
    return one;
  },
};

const one = { passed: 1, failed: 0 } as const;

async function succeed(command: Command): Promise<string> {
  const { code, output } = await runNode(command);
  if (code !== 0) throw new Refusal(output || `exit code ${code}`);
  return output;
}
