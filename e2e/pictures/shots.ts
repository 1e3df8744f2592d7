/** The pictures that were taken, each with what was measured of it, in the folder that `npm run pictures` was given. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The chapters of the sheet, in their order. */
export const chapters = ['Normal', 'Revoked', 'Viewer', 'Dialogs', 'Opened', 'States', 'Large', 'Walks'] as const;
export type Chapter = (typeof chapters)[number];

export type Shot = {
  chapter: Chapter;
  /** What is seen, such as "/apps" or "Rotate Key". */
  screen: string;
  state: string;
  /** Such as "light 1280". */
  look: string;
  /** When it was taken: pictures stand in the order in which somebody walked. */
  at: number;
  words: number;
  controls: number;
  height: number;
  /** What a person has to look at, though nobody is shut out by it. */
  notes: string[];
  /** What axe found, and what sticks out at the right. */
  faults: string[];
};

/** A state that was not reached, and why. */
export type Missing = { chapter: 'Missing'; screen: string; at: number; why: string };

export function shotsFolder(): string {
  return join(sheetFolder(), 'shots');
}

export function sheetFolder(): string {
  const folder = process.env.KEYWARD_PICTURES;
  if (!folder) throw new Error('There is no folder for the pictures: use npm run pictures -- DIR.');
  return folder;
}

/** The name of a picture's file, without its ending. */
export function nameOf({ chapter, screen, state, look }: Pick<Shot, 'chapter' | 'screen' | 'state' | 'look'>): string {
  return slug(`${chapter} ${screen} ${state} ${look}`);
}

export function keepShot(shot: Shot): void {
  keep(nameOf(shot), shot);
}

export function keepMissing(missing: Missing): void {
  keep(slug(`missing ${missing.screen}`), missing);
}

/** A try that failed before is made good by one that came there. */
export function readShots(): { shots: Shot[]; missing: Missing[] } {
  const files = readdirSync(shotsFolder()).filter((file) => file.endsWith('.json'));
  const all: (Shot | Missing)[] = files.map((file) => JSON.parse(readFileSync(join(shotsFolder(), file), 'utf8')));
  const byTime = all.sort((a, b) => a.at - b.at);
  return {
    shots: byTime.filter((one) => one.chapter !== 'Missing'),
    missing: byTime.filter((one) => one.chapter === 'Missing'),
  };
}

function keep(name: string, what: Shot | Missing): void {
  mkdirSync(shotsFolder(), { recursive: true });
  writeFileSync(join(shotsFolder(), `${name}.json`), `${JSON.stringify(what, null, 2)}\n`);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
