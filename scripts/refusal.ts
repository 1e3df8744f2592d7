/** A reason not to go on that whoever started the command can do something about: its message is all they need. */
export class Refusal extends Error {
  override name = 'Refusal';
}

const forReaders = new Set([
  'Refusal',
  'ConfigError',
  'DatabaseRefused',
  'MigrationRefused',
  'StepFailed',
  'InstallationRefused',
]);

/** What to print of an error: the sentence of one that was written for the reader, everything of any other. */
export function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return forReaders.has(error.name) ? error.message : (error.stack ?? error.message);
}

/** Runs a command to its end. A number that it answers with is the exit code; an error is told and makes it 1. */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  try {
    const answer = await command();
    process.exitCode = typeof answer === 'number' ? answer : 0;
  } catch (error) {
    console.error(tell(error));
    process.exitCode = 1;
  }
}
