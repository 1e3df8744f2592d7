/**
 * `npm run check-policy -- FILE… --for VALUES.json [--kind trust|permission|key] [--json]`: checks policies, whatever they are
 * wrapped in, for what a policy has to be sound for. Exit code 0 where nothing is found, 1 where something is (of any of them),
 * 2 where there was nothing to check.
 *
 * `npm run check-policy -- --cases FILE`: checks each case of a file, `{"values","cases"}`, and ends with `N passed, N failed`;
 * exit code 0 where none failed, 1 where one did, 2 where the file cannot be used.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkPolicy } from '#lib/byok/aws/policy-checker/check-policy.ts';
import { CasesError, checkCase, parseCases, parseValues } from '#lib/byok/aws/policy-checker/policy-cases.ts';
import { asJson, type Checked, printed } from './print-checked.ts';

const usage = `Say what to check:
  npm run check-policy -- FILE… --for VALUES.json [--kind trust|permission|key] [--json]
  npm run check-policy -- --cases FILE`;
const kinds = ['recognise', 'trust', 'permission', 'key'] as const;

/** A file that cannot be used; the message says why. */
class Unusable extends Error {}

process.exitCode = run(process.argv.slice(2));

function run(args: readonly string[]): number {
  const given = optionsIn(args);
  if (!given) return cannot(usage);
  const { positionals: files, values: options } = given;
  const kind = kinds.find((one) => one === (options.kind ?? 'recognise'));
  const asksForCases = options.cases !== undefined;
  if (!kind || asksForCases === files.length > 0 || asksForCases === (options.for !== undefined)) return cannot(usage);
  try {
    if (options.cases !== undefined) return checkCases(options.cases);
    const values = readAs(options.for ?? '', parseValues);
    const texts = files.map((file) => readAs(file, (text) => text));
    const checked = files.map((file, at): Checked => ({ file, diagnosis: checkPolicy(texts[at] ?? '', kind, values) }));
    console.log(options.json ? JSON.stringify(checked.map(asJson), null, 2) : checked.map(printed).join('\n\n'));
    return checked.every(({ diagnosis }) => diagnosis.verdict === 'sound') ? 0 : 1;
  } catch (error) {
    if (error instanceof Unusable) return cannot(error.message);
    throw error;
  }
}

function checkCases(file: string): number {
  const { cases, values } = readAs(file, parseCases);
  let failed = 0;
  for (const one of cases) {
    const wrong = checkCase(one, values);
    if (wrong.length === 0) continue;
    failed += 1;
    console.log(`${one.name}\n${wrong.map((sentence) => `  ${sentence}`).join('\n')}`);
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** @throws Unusable */
function readAs<T>(file: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Unusable(`${file} cannot be used. ${reasonOf(error)}`);
  }
}

function optionsIn(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        cases: { type: 'string' },
        for: { type: 'string' },
        kind: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch {
    return undefined;
  }
}

function cannot(message: string): number {
  console.error(message);
  return 2;
}

function reasonOf(error: unknown): string {
  if (error instanceof CasesError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return error.code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${error.code}).`;
}
