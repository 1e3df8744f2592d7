import { cpus, totalmem } from 'node:os';
import { type BenchResult, type FigureResult, type Spread, shorten } from './runner.ts';

/** One line per figure, with both sides' medians and spreads, as they are read by people. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.flatMap(({ figures }) => figures.map(cells));
  const header = [
    'figure',
    'measured',
    'goal',
    'reached',
    'ours: median (least to most)',
    'against: median (least to most)',
  ];
  const notes = results.flatMap(({ notes }) => notes.map((note) => `  ${note.title}: ${sideOf(note)}`));
  return [...align([header, ...rows]), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

/** The same for machines, with what it was measured on. */
export function jsonOf(results: readonly BenchResult[], scale: number): string {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cpus: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
  return `${JSON.stringify({ at: new Date().toISOString(), machine, scale, benches: results }, null, 2)}\n`;
}

function cells({ title, value, goal, reached, sides }: FigureResult): string[] {
  const [ours, against] = sides;
  return [
    title,
    shorten(value),
    'least' in goal ? `at least ${goal.least}` : `at most ${goal.most}`,
    reached ? 'yes' : 'NO',
    ours && against ? sideOf(ours) : '',
    against ? sideOf(against) : '',
  ];
}

function sideOf({ median, least, most, unit }: Spread): string {
  return `${shorten(median)} ${unit} (${shorten(least)} to ${shorten(most)})`;
}

function align(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
