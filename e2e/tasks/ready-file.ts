/** Where demos tell how to reach them: as many files as there are workers, each of which has a demo to itself. */
import { delimiter } from 'node:path';

const variable = 'KEYWARD_E2E_READY';
/** As many as there are demos that run already, else so many that both cores of a small machine are busy. */
export const workers = filesIn(process.env[variable]).length || 2;

export function areThere(): boolean {
  return filesIn(process.env[variable]).length > 0;
}

export function setReadyFiles(files: readonly string[]): void {
  process.env[variable] = files.join(delimiter);
}

/** Of this worker's demo. */
export function readyFile(): string {
  const file = filesIn(process.env[variable])[Number(process.env.TEST_PARALLEL_INDEX)];
  if (file === undefined) throw new Error('There is no demo: run the tests with the configuration at the root.');
  return file;
}

function filesIn(value = ''): string[] {
  return value.split(delimiter).filter((file) => file !== '');
}
