/**
 * `npm run migrate`: brings the database to this version, as its owner (DATABASE_OWNER_URL), and gives the
 * application's role (DATABASE_URL) its rights.
 */
import { databaseTlsProblem } from '#lib/config/database-tls.ts';
import { ConfigError } from '#lib/config/parse.ts';
import { schema } from '#lib/config/schema.ts';
import { migrate } from './migrations/migrate.ts';
import { runCommand } from './refusal.ts';

await runCommand(async () => {
  const urls = { ownerUrl: readUrl('DATABASE_OWNER_URL'), appUrl: readUrl('DATABASE_URL') };
  const problems = Object.values(urls).flatMap((url) => url.problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const { applied } = await migrate({ ownerUrl: urls.ownerUrl.value, appUrl: urls.appUrl.value });
  console.log(applied.length === 0 ? 'The database already has this version.' : `Applied ${applied.join(', ')}.`);
});

/** A migration needs no more of the configuration than these two. */
function readUrl(name: 'DATABASE_OWNER_URL' | 'DATABASE_URL'): {
  value: string;
  problems: { name: string; problem: string }[];
} {
  const value = process.env[name]?.trim() ?? '';
  if (value === '') return { value, problems: [{ name, problem: 'is missing' }] };
  const parsed = schema.shape[name].safeParse(value);
  if (!parsed.success)
    return { value, problems: parsed.error.issues.map(({ message }) => ({ name, problem: message })) };
  const problem = databaseTlsProblem(value, process.env.KEYWARD_DATABASE_TLS?.trim() === 'unverified');
  return { value, problems: problem ? [{ name, problem }] : [] };
}
