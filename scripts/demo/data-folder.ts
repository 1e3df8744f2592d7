import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { Refusal } from '../refusal.ts';

const marker = 'keyward-data-folder';

/** Where KEYWARD_DATA_DIR points, or `.keyward` in the project. */
export function dataFolderPath(given: string | undefined): string {
  return given?.trim() ? resolve(given.trim()) : join(projectRoot, '.keyward');
}

/** Throws a `Refusal`, with nothing touched, when the folder holds somebody else's files. */
export function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder)) return;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new Refusal(
      `${folder} is not a folder that can be read. Choose another with KEYWARD_DATA_DIR. Nothing was changed.`,
    );
  }
  if (names.length === 0 || names.includes(marker)) return;
  throw new Refusal(
    `The folder ${folder} holds files that are not Keyward's. Choose an empty or new one with KEYWARD_DATA_DIR. Nothing was changed.`,
  );
}

/** Makes the folder ours, readable by nobody else. */
export function claimFolder(folder: string): void {
  refuseForeignFolder(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const file = join(folder, marker);
  if (!existsSync(file))
    writeFileSync(file, 'The data of a Keyward demo. Remove the whole folder to start over.\n', { mode: 0o600 });
}
