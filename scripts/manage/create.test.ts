import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/db/testing/test-database.ts';
import { projectRoot } from '../project-root.ts';
import { readLine } from './create.ts';

let database: TestDatabase;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  database = await createTestDatabase();
  env = {
    ...process.env,
    DATABASE_URL: database.url,
    KEYWARD_ROOT_KEY: randomBytes(32).toString('base64'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    NEXTAUTH_URL: 'https://keyward.example',
    KEYWARD_LOG_LEVEL: 'info',
  };
});
afterAll(() => database?.drop());
vi.setConfig({ testTimeout: 120_000 });

/** As `npm run` starts it, after it has installed and generated. */
function run(command: 'tenant' | 'person' | 'app', ...args: string[]) {
  const script = join(projectRoot, 'scripts', `${command}.ts`);
  const child = spawn(process.execPath, ['--conditions=react-server', script, ...args], { cwd: projectRoot, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const acme = ['create', 'Acme Insurance', '--region', 'eu-central-1', '--ref', 'crm-4711'] as const;

describe('the commands that create', () => {
  it('tell a program one object, and the same app for the same reference', async () => {
    const tenant = await run('tenant', ...acme, '--json');
    expect(tenant).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(tenant.stdout)).toMatchObject({
      name: 'Acme Insurance',
      reference: 'crm-4711',
      regionPolicy: 'refuse',
    });

    const bot = ['create', 'Claims', '--tenant', 'crm-4711', '--ref', 'claims', '--kind', 'bot', '--json'];
    const [first, second] = [await run('app', ...bot), await run('app', ...bot)];
    expect(JSON.parse(first.stdout)).toMatchObject({ name: 'Claims', kind: 'bot', created: true });
    expect(JSON.parse(second.stdout)).toEqual({ ...JSON.parse(first.stdout), created: false });

    const person = await run(
      'person',
      'create',
      'ann@acme.example',
      '--tenant',
      'crm-4711',
      '--role',
      'admin',
      '--json',
    );
    const { oneTimePassword } = JSON.parse(person.stdout);
    expect(oneTimePassword).toMatch(/^[\w-]{24}$/);
    expect(person.stderr).toBe('');
    await withOwner(async (client) => {
      const { rows } = await client.query('SELECT actor, operation, after FROM audit_event ORDER BY at');
      expect(rows.map((row) => row.operation)).toEqual(['create-tenant', 'create-app', 'create-person']);
      for (const row of rows) expect(row.actor).toMatch(/^command line \(.+\)$/);
      expect(JSON.stringify(rows)).not.toContain(oneTimePassword);
    });
  });

  it('tell a person what was made and what comes next', async () => {
    const tenant = await run('tenant', 'create', 'Globex', '--region', 'us-east-1');
    expect(tenant.code).toBe(0);
    expect(tenant.stdout).toContain('Globex is a tenant now.');
    expect(tenant.stdout).toContain('npm run person -- create EMAIL --tenant globex --role admin');
    const app = await run('app', 'create', 'HR portal', '--tenant', 'globex', '--kind', 'app');
    expect(app.stdout).toContain('under the platform key until');
  });

  it('say what is wrong beside the flag that it is about, in either form', async () => {
    const wrong = ['create', ' ', '--region', 'mars-1', '--ref', 'two words'];
    const told = await run('tenant', ...wrong);
    expect(told).toMatchObject({ code: 2, stdout: '' });
    expect(told.stderr).toMatch(/NAME {2}Enter a name\./);
    expect(told.stderr).toMatch(/--region {2}Choose one of the AWS regions/);
    expect(told.stderr).toMatch(/--ref {2}Use letters/);
    expect(told.stderr).toMatch(/Request ID: [0-9a-f-]{36}/);
    const json = await run('tenant', ...wrong, '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout).error).toMatchObject({ code: 'invalid-input', fields: { name: 'Enter a name.' } });
    const nobody = await run('person', 'create', 'a@b.example', '--tenant', 'nowhere', '--role', 'operator');
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringMatching(/--role {2}Choose admin or viewer/) });
  });

  it('are not understood with a slip in a flag, and exit with 2', async () => {
    const slip = await run('app', 'create', 'X', '--teannt', 'crm-4711');
    expect(slip).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/--teannt[\s\S]*npm run app -- create NAME/),
    });
  });

  it('say in one sentence why they could not begin', async () => {
    env = { ...env, KEYWARD_ROOT_KEY: randomBytes(32).toString('base64') };
    const told = await run('tenant', 'create', 'Late', '--region', 'us-east-1', '--json');
    expect(told.code).toBe(1);
    expect(JSON.parse(told.stdout).error).toMatchObject({ message: expect.stringContaining('another platform key') });
    expect(told.stderr).not.toContain('    at ');
  });
});

describe('the command line', () => {
  const command = { usage: 'the usage', subject: { field: 'name', word: 'NAME' }, flags: { region: 'homeRegion' } };

  it('fills the fields of the operation', () => {
    expect(readLine(command, ['create', 'Two words', '--region', 'us-east-1', '--json'])).toEqual({
      input: { name: 'Two words', homeRegion: 'us-east-1' },
    });
    // What is missing is the operation's to say, beside its field.
    expect(readLine(command, ['create'])).toEqual({ input: { name: '' } });
  });

  it.each([
    [[], /the usage/],
    [['remove', 'Acme'], /the usage/],
    [['create', 'Two', 'words'], /quotation marks around NAME.*“Two words”/],
    [['create', 'X', '--regoin', 'us-east-1'], /--regoin/],
    [['create', 'X', '--region'], /--region/],
  ])('%j is not understood', (args, problem) => {
    expect(readLine(command, args)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

async function withOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await work(client).finally(() => client.end());
}
