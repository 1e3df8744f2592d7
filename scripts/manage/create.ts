/**
 * What `npm run tenant`, `person` and `app` have in common: they read the command line, run one operation as a command on the
 * server, and tell the outcome to a person or, with `--json`, to a program: one object on standard output and nothing else.
 *
 * Exit codes: 0 done, 1 refused or failed, 2 not understood or something that was entered is wrong.
 */
import { parseArgs } from 'node:util';
import { commandLineCaller } from '#lib/auth/command-line.ts';
import type { Caller } from '#lib/auth/identify.ts';
import { errorWords, type OperationError, type Result } from '#lib/byok/errors.ts';
import { getConfig } from '#lib/config/config.ts';
import { logToStandardError } from '#lib/config/log.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { checkInstallation } from '#lib/keyring/check-installation.ts';
import { runCommand, tell } from '../refusal.ts';

export type CreateCommand<T> = {
  /** The line that says how to call it. */
  usage: string;
  /** Field of the operation's input that the one word after `create` fills, and what the usage calls it. */
  subject: { field: string; word: string };
  /** Fields of the operation's input by the flag that fills them. */
  flags: Record<string, string>;
  run(caller: Caller, input: Record<string, string>): Promise<Result<T>>;
  /** What a person reads of a success. */
  words(data: T): string[];
};

export async function create<T extends object>(command: CreateCommand<T>): Promise<void> {
  const args = process.argv.slice(2);
  // Known before anything can go wrong with the rest of the line.
  const json = args.includes('--json');
  logToStandardError();
  await runCommand(async () => {
    const read = readLine(command, args);
    if ('problem' in read)
      return fail(json, 2, { code: 'usage', message: read.problem }, [read.problem, command.usage]);
    try {
      await checkInstallation(getConfig());
      const result = await command.run(commandLineCaller(), read.input);
      if (!result.ok) return refused(command, json, result.error);
      console.log(json ? JSON.stringify(result.data) : command.words(result.data).join('\n'));
      return 0;
    } catch (error) {
      const message = tell(error);
      return fail(json, 1, { code: 'not-started', message }, [message]);
    } finally {
      await closeDatabase();
    }
  });
}

/** What the command line says, as the operation's input; or what is wrong with the line itself. */
export function readLine<T>(
  { subject, flags, usage }: Pick<CreateCommand<T>, 'subject' | 'flags' | 'usage'>,
  args: string[],
): { input: Record<string, string> } | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        ...Object.fromEntries(Object.keys(flags).map((flag) => [flag, { type: 'string' as const }])),
      },
    });
    const [verb, given, ...more] = positionals;
    if (verb !== 'create') return { problem: usage };
    if (more.length > 0)
      return {
        problem: `Put quotation marks around ${subject.word} where it has spaces: “${[given, ...more].join(' ')}”.`,
      };
    const input = Object.entries(flags).flatMap(([flag, field]) => {
      const value = Reflect.get(values, flag);
      return typeof value === 'string' ? [[field, value]] : [];
    });
    return { input: Object.fromEntries([[subject.field, given ?? ''], ...input]) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Each message beside what it is about, called as the command line calls it. */
function refused<T>({ subject, flags }: CreateCommand<T>, json: boolean, error: OperationError): number {
  const names = new Map([
    [subject.field, subject.word],
    ...Object.entries(flags).map(([flag, field]) => [field, `--${flag}`] as const),
  ]);
  const fields = Object.entries(error.fields ?? {});
  const { title, meaning, next } = errorWords[error.code];
  const lines =
    fields.length > 0
      ? ['Nothing was created.', ...fields.map(([field, message]) => `  ${names.get(field) ?? field}  ${message}`)]
      : [title, meaning, next];
  return fail(json, fields.length > 0 ? 2 : 1, error, [...lines, `Request ID: ${error.requestId}`]);
}

function fail(json: boolean, exitCode: number, error: object, lines: string[]): number {
  if (json) console.log(JSON.stringify({ error }));
  console.error(lines.join('\n'));
  return exitCode;
}
