/**
 * Checks who imports whom (`.dependency-cruiser.mjs`), and that browsers get no server code. A checker that read
 * nothing would be content with everything: so the modules are counted, and each rule has to find its broken import
 * in a folder made for that.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { serverCodeInBrowsers } from './import-rules/client-code.ts';
import { projectRoot } from './project-root.ts';
import { Refusal, runCommand } from './refusal.ts';

const folders = ['app', 'components', 'lib', 'scripts', 'prisma', 'e2e'];
const canary = join(projectRoot, 'scripts', 'import-rules', 'canary');

/** Answers how many things were checked; throws with the list of what is wrong. */
export async function checkImports(): Promise<number> {
  process.chdir(projectRoot);
  const { default: rules }: { default: IConfiguration } = await import(`${projectRoot}/.dependency-cruiser.mjs`);
  const names = (rules.forbidden ?? []).map(({ name }) => name ?? '');
  const result = await read(
    projectRoot,
    rules,
    folders.filter((folder) => sourcesBelow(join(projectRoot, folder)).length > 0),
  );
  const problems = [
    ...result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    ...serverCodeInBrowsers(result.modules, projectRoot),
    ...unread(result),
    ...featuresOfOneName(projectRoot),
    ...(await toothless(rules, names)),
  ];
  if (problems.length > 0)
    throw new Refusal(`Imports:\n${[...new Set(problems)].map((line) => `  ${line}`).join('\n')}`);
  return result.modules.length + names.length + 2;
}

/** Every source file must be among the modules that were read. */
function unread(result: ICruiseResult): string[] {
  const seen = new Set(result.modules.map(({ source }) => source));
  const files = folders.flatMap((folder) => sourcesBelow(join(projectRoot, folder)).map((file) => `${folder}/${file}`));
  const missing = files.filter(
    (file) => !seen.has(file) && !/^(scripts\/import-rules\/canary|lib\/db\/generated)\//.test(file),
  );
  if (files.length === 0) return ['There is no source file at all.'];
  return missing.map((file) => `${file} was not read`);
}

/** Each rule, and the check of browser code, must find what was broken for it. */
async function toothless(rules: IConfiguration, names: readonly string[]): Promise<string[]> {
  const options = { ...rules.options, exclude: undefined };
  const result = await read(canary, { ...rules, options }, ['app', 'components', 'lib', 'scripts']);
  const found = new Set(result.summary.violations.map(({ rule }) => rule.name));
  const silent = names
    .filter((name) => !found.has(name))
    .map((name) => `The rule ${name} did not find its broken import.`);
  const browser = serverCodeInBrowsers(result.modules, canary).length > 0;
  if (!browser) silent.push('The check of browser code did not find its broken import.');
  if (featuresOfOneName(canary).length === 0)
    silent.push('The check of features’ names did not find the two of one name.');
  return silent;
}

/** Rules know a feature of the screens by its folder's name alone: with two of one name they would let them import each other. */
function featuresOfOneName(root: string): string[] {
  const folders = new Map<string, Set<string>>();
  for (const file of sourcesBelow(join(root, 'app'))) {
    const [path, name] = /^(?:.*\/)?(_[^/]+)(?=\/)/.exec(file) ?? [];
    if (path && name && name !== '_shared') folders.set(name, (folders.get(name) ?? new Set()).add(path));
  }
  return [...folders]
    .filter(([, paths]) => paths.size > 1)
    .map(([name, paths]) => `${name} is the name of ${[...paths].join(' and ')}`);
}

async function read(
  baseDir: string,
  { forbidden, options }: IConfiguration,
  entries: string[],
): Promise<ICruiseResult> {
  const { output } = await cruise(entries, { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  if (typeof output === 'string') throw new Error('The import checker answered with text.');
  return output;
}

function sourcesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(tsx?|mjs)$/.test(name));
  } catch {
    return [];
  }
}

if (process.argv[1] === import.meta.filename) {
  await runCommand(async () => console.log(`Import rules: ${await checkImports()} modules and rules checked.`));
}
