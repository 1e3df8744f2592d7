import type { Bench, Figure, Note, Reading, Readings, Stage } from './bench.ts';
import type { Lab } from './lab.ts';

export interface Spread {
  name: string;
  unit: string;
  median: number;
  least: number;
  most: number;
}

export interface FigureResult {
  bench: string;
  title: string;
  value: number;
  goal: Figure['goal'];
  reached: boolean;
  /** Ours first. */
  sides: Spread[];
}

export interface BenchResult {
  name: string;
  setting: string;
  rounds: number;
  figures: FigureResult[];
  notes: (Spread & { title: string })[];
}

export interface RunOptions {
  lab: Lab;
  rounds: number;
  say: (line: string) => void;
}

/** Measures the sides of one bench in turn, so that whatever else the machine does meets all of them alike. */
export async function runBench(bench: Bench, { lab, rounds, say }: RunOptions): Promise<BenchResult> {
  say(`${bench.name}: making the data …`);
  const stage = await bench.prepare(lab);
  try {
    say(`${bench.name}: ${stage.setting}`);
    const runs = await measure(stage, rounds, (line) => say(`${bench.name}: ${line}`));
    return {
      name: bench.name,
      setting: stage.setting,
      rounds,
      figures: stage.figures.map((figure) => evaluate(bench.name, figure, runs)),
      notes: (stage.notes ?? []).map((note: Note) => ({ title: note.title, ...spread(note, runs) })),
    };
  } finally {
    await stage.close();
  }
}

type Runs = Map<string, Readings[]>;

async function measure(stage: Stage, rounds: number, say: (line: string) => void): Promise<Runs> {
  const runs: Runs = new Map();
  const sides = Object.entries(stage.sides);
  for (let round = 0; round < rounds; round++) {
    // The other way round each time: whoever comes second must not always be the same.
    for (const [name, run] of round % 2 === 0 ? sides : sides.toReversed()) {
      const readings = await run();
      runs.set(name, [...(runs.get(name) ?? []), readings]);
      const words = Object.entries(readings).map(([key, value]) => `${key} ${shorten(value)}`);
      say(`round ${round + 1} of ${rounds}, ${name}: ${words.join(', ')}`);
    }
  }
  return runs;
}

function evaluate(bench: string, figure: Figure, runs: Runs): FigureResult {
  const ours = spread(figure.ours, runs);
  const against = figure.against && spread(figure.against, runs);
  const ratio = figure.against ? ratioOf(figure.ours, figure.against, runs) : ours.median;
  const value = against && figure.turned ? 1 / ratio : ratio;
  const { goal } = figure;
  const reached = 'least' in goal ? value >= goal.least : value <= goal.most;
  return { bench, title: figure.title, value, goal, reached, sides: against ? [ours, against] : [ours] };
}

/** Of two readings that one side has taken together, round by round: what met one of them met the other, too. */
function ratioOf(ours: Reading, against: Reading, runs: Runs): number {
  const [one, other] = [valuesOf(ours, runs), valuesOf(against, runs)];
  if (ours.side !== against.side) return medianOf(one) / medianOf(other);
  return medianOf(one.map((value, round) => value / (other[round] ?? Number.NaN)));
}

function spread(reading: Reading, runs: Runs): Spread {
  const values = valuesOf(reading, runs);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { name: reading.side, unit: reading.unit, median: medianOf(values), least, most };
}

function valuesOf({ side, reading }: Reading, runs: Runs): number[] {
  return (runs.get(side) ?? []).map((readings) => readings[reading] ?? Number.NaN);
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at(sorted.length >> 1) + at((sorted.length - 1) >> 1)) / 2;
}

/** Four digits that matter, and all of a whole number. */
export function shorten(value: number): string {
  if (!Number.isFinite(value)) return '?';
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}
