/**
 * What a bench is: sides that are measured in turn, round after round, on the same data, and the figures that are read
 * off them. A figure is a ratio of two medians of the same run; a number by itself says something of this machine only.
 */
import type { Lab } from './lab.ts';

export interface Bench {
  /** For `--only`. */
  name: string;
  /** How often each side is measured where nobody asks for another number; 3 when left out. */
  rounds?: number;
  prepare(lab: Lab): Promise<Stage>;
}

/** What one run of a side gave, by name. */
export type Readings = Readonly<Record<string, number>>;

export interface Stage {
  /** What was made, for the reader: sizes, keys, how many at once. */
  setting: string;
  /** Each is run once a round, in an order that changes from round to round. */
  sides: Readonly<Record<string, () => Promise<Readings>>>;
  figures: readonly Figure[];
  /** Worth knowing, without a goal. */
  notes?: readonly Note[];
  close(): Promise<void>;
}

export interface Figure {
  title: string;
  goal: { least: number } | { most: number };
  ours: Reading;
  /** Without it the figure is what `ours` reads. */
  against?: Reading;
  /** `ours / against` unless turned: then how many times less ours is. */
  turned?: boolean;
}

export interface Reading {
  side: string;
  reading: string;
  unit: string;
}

export type Note = Reading & { title: string };
