import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '#lib/db/testing/test-database.ts';
import { identify } from '../processes/identity.ts';
import { readPort, refuseTakenPorts } from '../processes/ports.ts';
import { claimFolder, refuseForeignFolder } from './data-folder.ts';
import { openDemoDatabase } from './database.ts';
import { childEnvironment, chooseAws } from './environment.ts';
import { beginRecord, cleanUpLastRun } from './run-record.ts';
import { ensureSecrets } from './secrets.ts';
import { configureElsewhere } from './vendor-elsewhere.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-demo-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('ports', () => {
  it('that are taken are named', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(refuseTakenPorts([port])).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken by another program.`);
    server.close();
    await once(server, 'close');
    await expect(refuseTakenPorts([port])).resolves.toBeUndefined();
  });

  it.each(['0', '-1', '65535', 'http', '3000.5'])('refuses %s as a base', (text) => {
    expect(() => readPort(text)).toThrow('PORT must be a whole number from 1 to 65533.');
  });

  it.each([
    [undefined, 3000],
    ['', 3000],
    ['65533', 65_533],
  ])('reads %s', (text, port) => expect(readPort(text)).toBe(port));
});

describe('the data folder', () => {
  it('is refused when it holds something else, with nothing touched', () => {
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    expect(() => claimFolder(folder)).toThrow(/holds files that are not Keyward's.*Nothing was changed/);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('is refused when it is a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    expect(() => refuseForeignFolder(file)).toThrow('is not a folder that can be read');
  });

  it('is taken when it is empty or absent, and known again', () => {
    claimFolder(folder);
    claimFolder(folder);
    const absent = join(folder, 'logs', 'absent');
    claimFolder(absent);
    expect(statSync(absent).mode & 0o777).toBe(0o700);
  });
});

describe('secrets', () => {
  it('of a folder from before there were several accounts are completed, and stay what they were', () => {
    const { simulatorElsewhere, ...before } = ensureSecrets(folder);
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(before));
    const after = ensureSecrets(folder);
    expect(after).toMatchObject(before);
    expect(Object.keys(after.simulatorElsewhere)).toEqual(Object.keys(simulatorElsewhere));
    expect(ensureSecrets(folder)).toEqual(after);
  });

  it('are made once, at random, and readable by nobody else', () => {
    const first = ensureSecrets(folder);
    expect(ensureSecrets(folder)).toEqual(first);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.rootKey, 'base64')).toHaveLength(32);
    const other = mkdtempSync(join(tmpdir(), 'keyward-demo-test-'));
    expect(ensureSecrets(other).rootKey).not.toBe(first.rootKey);
    rmSync(other, { recursive: true });
  });
});

describe('what the last run left', () => {
  it('is ended, but for a stranger with a process ID of its own time', async () => {
    const code = "process.stdout.write('up'); setInterval(() => {}, 1000)";
    const [left, stranger] = [0, 0].map(() =>
      spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    if (!left || !stranger) throw new Error('the processes did not start');
    await Promise.all([once(left.stdout, 'data'), once(stranger.stdout, 'data')]);
    const run = {
      launcher: { pid: process.pid, startedAt: 'an earlier process' },
      children: [
        { name: 'worker', identity: identify(left.pid ?? 0) },
        { name: 'web', identity: { pid: stranger.pid, startedAt: 'an earlier process' } },
      ],
    };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
    expect(await cleanUpLastRun(folder)).toEqual(['worker']);
    expect(identify(left.pid ?? 0)).toBeUndefined();
    expect(identify(stranger.pid ?? 0)).toBeDefined();
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
    stranger.kill('SIGKILL');
  });

  it('is left alone while its launcher runs', async () => {
    const record = beginRecord(folder);
    await expect(cleanUpLastRun(folder)).rejects.toThrow(
      `Keyward already runs from ${folder} (process ${process.pid})`,
    );
    record.remove();
    expect(await cleanUpLastRun(folder)).toEqual([]);
  });

  it('does not matter when its record cannot be read', async () => {
    writeFileSync(join(folder, 'run.json'), '{"launcher":');
    expect(await cleanUpLastRun(folder)).toEqual([]);
  });
});

describe('a database of one’s own', () => {
  const passwords = { owner: 'unused', app: 'unused' };

  async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return (await client.query(text).finally(() => client.end())).rows;
  }

  it('is marked, and known again', async () => {
    const database = await createTestDatabase();
    const env = { NODE_ENV: 'test', DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl } as const;
    await query(database.ownerUrl, 'DELETE FROM installation');
    await openDemoDatabase({ folder, passwords, env });
    expect(await query(database.url, 'SELECT demo FROM installation')).toEqual([{ demo: true }]);
    await openDemoDatabase({ folder, passwords, env });
    await database.drop();
  });

  it.each([
    [
      'an installation that is not a demo',
      'INSERT INTO installation (id, demo) VALUES (1, false) ON CONFLICT (id) DO UPDATE SET demo = false',
    ],
    [
      'people without a mark',
      `DELETE FROM installation; INSERT INTO tenant (id, name, home_region, external_id) VALUES (gen_random_uuid(), 'T', 'us-east-1', 'x')`,
    ],
    ['somebody else’s tables', 'DROP TABLE installation CASCADE; CREATE TABLE theirs (id int)'],
  ])('is refused with %s in it, and nothing is touched', async (_what, setUp) => {
    const database = await createTestDatabase();
    await query(database.ownerUrl, setUp);
    const tables = `SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'pgboss') ORDER BY 1, 2`;
    const before = await query(database.ownerUrl, tables);
    const env = { NODE_ENV: 'test', DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl } as const;
    await expect(openDemoDatabase({ folder, passwords, env })).rejects.toThrow(
      /not empty and does not belong to a demo/,
    );
    expect(await query(database.ownerUrl, tables)).toEqual(before);
    await database.drop();
  });

  it('is refused when it does not answer, without its password', async () => {
    const env = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://someone:canary-password@127.0.0.1:1/keyward' } as const;
    const refusal = await openDemoDatabase({ folder, passwords, env }).catch((error: Error) => error.message);
    expect(refusal).toContain('does not answer');
    expect(refusal).not.toContain('canary-password');
  });

  it('on another machine is refused without TLS, before anything is sent to it', async () => {
    const env = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://someone:canary-password@db.invalid/keyward' } as const;
    const refusal = await openDemoDatabase({ folder, passwords, env }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^DATABASE_URL leads to another machine without TLS.*Nothing was changed\.$/);
  });
});

describe('whose AWS is spoken to', () => {
  const env = (names: Record<string, string>) => ({ NODE_ENV: 'test', ...names }) as NodeJS.ProcessEnv;

  it.each([
    ['KMS', 'STS'],
    ['STS', 'KMS'],
  ])('refuses an override of %s without one of %s', (set, missing) => {
    expect(() => chooseAws(env({ [`AWS_ENDPOINT_URL_${set}`]: 'http://127.0.0.1:1' }))).toThrow(
      `AWS_ENDPOINT_URL_${missing} is not`,
    );
  });

  const common = {
    port: 3000,
    database: { appUrl: 'postgresql://app', ownerUrl: 'postgresql://owner' },
    simulator: { url: 'http://127.0.0.1:3001', vendorRoleArn: 'arn:aws:iam::999988887777:role/KeywardService' },
  };

  it('is the simulator’s alone, when nothing is set', () => {
    const caller = env({
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 'canary',
      KEYWARD_SERVICE_ROLE_ARN: 'mine',
      HOME: '/home/me',
    });
    const aws = chooseAws(caller);
    const child = childEnvironment({ ...common, env: caller, secrets: ensureSecrets(folder), aws });
    expect(child).toMatchObject({
      HOME: '/home/me',
      KEYWARD_MODE: 'demo',
      AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:3001',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:3001',
      KEYWARD_SERVICE_ROLE_ARN: common.simulator.vendorRoleArn,
    });
    expect(child).not.toHaveProperty('AWS_PROFILE');
    expect(child).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(Object.values(child)).not.toContain('postgresql://owner');
  });

  it('is several accounts of the vendor’s there, one per partition, each with credentials of its own', () => {
    const secrets = ensureSecrets(folder);
    const elsewhere = configureElsewhere(folder, secrets);
    const aws = chooseAws(env({}));
    const simulator = { ...common.simulator, elsewhere };
    const child = childEnvironment({ ...common, simulator, env: env({}), secrets, aws });
    expect(child.KEYWARD_SERVICE_PRINCIPALS).toContain(
      'us-gov-*=arn:aws-us-gov:iam::999988885555:role/KeywardService@vendor-us-gov',
    );
    const file = child.AWS_SHARED_CREDENTIALS_FILE ?? '';
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(secrets.simulatorElsewhere['999988885555']?.secretAccessKey);
    expect(Object.values(child)).not.toContain(secrets.simulatorElsewhere['999988885555']?.secretAccessKey);
  });

  it('is the caller’s own, unchanged, when both are set', () => {
    const own = {
      AWS_ENDPOINT_URL_KMS: 'https://kms.example',
      AWS_ENDPOINT_URL_STS: 'https://sts.example',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_PROFILE: 'work',
      KEYWARD_SERVICE_ROLE_ARN: 'arn:aws:iam::111122223333:role/Mine',
    };
    const aws = chooseAws(env(own));
    const child = childEnvironment({ ...common, env: env(own), secrets: ensureSecrets(folder), aws });
    expect(child).toMatchObject(own);
    expect(child.KEYWARD_ALLOWED_AWS_ENDPOINTS).toBe('https://kms.example,https://sts.example');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('AKIAEXAMPLE');
  });
});
