/**
 * `npm run bench`: what is promised about speed, each figure measured against its other side in the same run, round by
 * round. `--only NAME` (again and again), `--rounds N`, `--scale X` for smaller sizes, `--json FILE`. With
 * KEYWARD_BENCH_PROFILE=FOLDER each process leaves a CPU profile there.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openLab } from './bench/lab.ts';
import { benches } from './bench/registry.ts';
import { jsonOf, tableOf } from './bench/report.ts';
import { type BenchResult, runBench } from './bench/runner.ts';
import { listenForStop } from './processes/signals.ts';
import { Refusal, runCommand } from './refusal.ts';

await runCommand(async () => {
  const { chosen, rounds, scale, json } = readOptions();
  const stop = listenForStop({ endsWithinMs: 60_000 });
  const lab = await openLab({ scale, signal: stop.signal });
  const results: BenchResult[] = [];
  try {
    for (const bench of chosen)
      results.push(
        await runBench(bench, { lab, rounds: rounds ?? bench.rounds ?? 3, say: (line) => console.error(line) }),
      );
  } catch (error) {
    if (stop.signal.aborted) return stop.exitCode();
    throw error;
  } finally {
    await lab.close();
  }
  console.log(`\n${tableOf(results)}`);
  if (scale !== 1) console.log(`\nSizes were multiplied by ${scale}: the goals are set for 1.`);
  if (json) writeFileSync(json, jsonOf(results, scale));
  return results.every(({ figures }) => figures.every(({ reached }) => reached)) ? 0 : 1;
});
process.exit();

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      scale: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const [rounds, scale] = [values.rounds === undefined ? undefined : Number(values.rounds), Number(values.scale)];
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1))
    throw new Refusal('--rounds needs a whole number from 1 on.');
  if (!(scale > 0 && scale <= 1)) throw new Refusal('--scale needs a number above 0 and up to 1.');
  const names = benches.map(({ name }) => name);
  const unknown = values.only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Refusal(`There is no bench "${unknown}". There are: ${names.join(', ')}.`);
  const chosen = benches.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
  return { chosen, rounds, scale, json: values.json };
}
