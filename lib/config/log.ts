import 'server-only';
import pino, { type Logger } from 'pino';
import { logLevels } from './schema.ts';

export type { Logger } from 'pino';

/** One JSON line per event, on standard output. Never a plaintext, a key or a password: see `redacted`. */
export function makeLog(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service: 'keyward' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: withoutValues, error: withoutValues },
  };
  return destination ? pino(options, destination) : pino(options);
}

const holder = globalThis as typeof globalThis & { keywardLog?: Logger };

/** This process's log. */
export function log(): Logger {
  holder.keywardLog ??= makeLog(levelAsked());
  return holder.keywardLog;
}

/** For commands whose standard output is their answer. */
export function logToStandardError(): void {
  holder.keywardLog = makeLog(levelAsked(), pino.destination({ fd: 2, sync: true }));
}

function levelAsked(): string {
  return logLevels.find((known) => known === process.env.KEYWARD_LOG_LEVEL) ?? 'info';
}

const secretNames = [
  'password',
  'passwordHash',
  'oneTimePassword',
  'plaintext',
  'secret',
  'token',
  'authorization',
  'cookie',
  'set-cookie',
  'rootKey',
  'dataKey',
  'wrapped',
  'envelope',
  'databaseUrl',
  'databaseOwnerUrl',
  'nextAuthSecret',
  'demoPassword',
  'connectionString',
  'secretAccessKey',
  'sessionToken',
  'accessKeyId',
];

/** A net below those who write the lines, down to the third level: they are not to hand these over in the first place. */
const redacted = secretNames.flatMap((name) => {
  const key = /^\w+$/.test(name) ? name : `["${name}"]`;
  const below = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${below}`, `*.*${below}`];
});

/**
 * Errors by kind, code, message and stack. Their other properties stay out: database drivers put the values of a failed
 * statement there.
 */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: withoutValues(error.cause) }),
  };
}
