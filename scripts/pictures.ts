/**
 * `npm run pictures -- DIR`: looks at every screen in every state, light and dark, wide and narrow, with axe, by real operations and
 * the faults of the simulated AWS. Leaves the pictures in DIR with a contact sheet (`index.html`) and what was counted (`table.md`).
 * `--only WORDS` takes those alone whose names have these words. Ends with the line `N passed, N failed`, and with exit code 1 when
 * axe found something or a state was not reached.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { browserCheck } from './checks/browser.ts';
import { runChecks, totalLine } from './checks/runner.ts';
import { playwright } from './checks/tests.ts';
import { projectRoot } from './project-root.ts';
import { Refusal, runCommand, tell } from './refusal.ts';
import { build, ensure } from './steps.ts';

const config = join(projectRoot, 'e2e', 'pictures', 'playwright.config.ts');
/** What a run leaves behind, and the next one takes away. */
const ours = ['index.html', 'shots', 'table.md'];

await runCommand(async () => {
  const { folder, only } = read(process.argv.slice(2));
  makeRoom(folder);
  process.env.KEYWARD_PICTURES = folder;
  const total = await runChecks(
    [
      browserCheck,
      {
        name: 'build',
        run: async () => {
          await ensure(build);
          return { passed: 1, failed: 0 };
        },
      },
      {
        name: 'pictures of every screen',
        run: () => playwright(['--config', config, ...(only ? ['--grep', only] : [])]),
      },
    ],
    { tell },
  );
  console.log(`\n${join(folder, 'index.html')}\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});

function read(args: string[]): { folder: string; only: string | undefined } {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { only: { type: 'string' } } });
    const [folder, ...more] = positionals;
    if (folder && more.length === 0) return { folder: resolve(folder), only: values.only };
  } catch {
    // Told below, like any other wrong argument.
  }
  throw new Refusal('Use: npm run pictures -- DIR --only WORDS, a folder for the pictures; --only may be left out.');
}

/** An empty folder, or one with the pictures of before, which go. */
function makeRoom(folder: string): void {
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => !ours.includes(name)) : [];
  if (others.length > 0)
    throw new Refusal(
      `${folder} holds something else (${others[0]}). Name an empty folder, or one that does not exist.`,
    );
  for (const name of ours) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, 'shots'), { recursive: true });
}
