import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../auth/password.ts';
import { setConfig } from '../config/config.ts';
import { parseConfig } from '../config/parse.ts';
import { closeDatabase, switchDatabase } from '../db/client.ts';
import { markInstallation, readInstallation } from '../db/installation-store.ts';
import { createPerson } from '../db/person-store.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing/test-database.ts';
import { checkInstallation, demoAccounts } from './check-installation.ts';
import { closeKeyring } from './keyring.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await switchDatabase(database.url);
});

afterEach(async () => {
  await closeKeyring();
  await closeDatabase();
  setConfig();
  await database.drop();
});

/** Starts a process, as far as the check sees it: with this mode and this root key. */
async function start(mode: 'production' | 'demo', rootKeyByte = 1, demoPassword?: string): Promise<void> {
  await closeKeyring();
  const config = parseConfig({
    KEYWARD_MODE: mode,
    DATABASE_URL: database.url,
    KEYWARD_ROOT_KEY: Buffer.alloc(32, rootKeyByte).toString('base64'),
    NEXTAUTH_SECRET: 'a-session-secret-of-forty-characters-abcd',
    NEXTAUTH_URL: 'https://keyward.example',
    KEYWARD_DEMO_PASSWORD: demoPassword,
  });
  setConfig(config);
  await checkInstallation(config);
}

async function account(email: string, password: string): Promise<void> {
  await createPerson({
    email,
    role: 'operator',
    tenantId: null,
    passwordHash: await hashPassword(password),
    mustChangePassword: false,
  });
}

describe('production', () => {
  it('starts on a new database and binds it to its platform key', async () => {
    await start('production');
    await start('production');
    expect(await readInstallation()).toMatchObject({ demo: false, platformKeyId: expect.stringMatching(/.+/) });
  });

  it('refuses another platform key than the one the database was made with', async () => {
    await start('production', 1);
    await expect(start('production', 2)).rejects.toThrow('created with another platform key');
  });

  it('refuses a database that the demo has marked, and does not touch it', async () => {
    await markInstallation({ demo: true });
    await expect(start('production')).rejects.toThrow('belongs to a demo');
    expect(await readInstallation()).toEqual({ demo: true, platformKeyId: null });
  });

  it.each(demoAccounts)('refuses %s with the password of the demo', async (email) => {
    await account(email, 'keyward-demo');
    await expect(start('production')).rejects.toThrow(`The account ${email} still has the demo’s password.`);
  });

  it('refuses a demo password of one’s own as well', async () => {
    await account('operator@vendor.example', 'chosen-for-the-demo');
    await expect(start('production', 1, 'chosen-for-the-demo')).rejects.toThrow('still has the demo’s password');
  });

  it('starts when such an account has another password', async () => {
    await account('operator@vendor.example', 'a password of its own');
    await expect(start('production')).resolves.toBeUndefined();
  });

  it('refuses a database that does not answer, without its URL', async () => {
    await switchDatabase('postgresql://keyward_app:canary-password@127.0.0.1:1/keyward');
    const refusal = await start('production').catch((error: Error) => error.message);
    expect(refusal).toBe(
      'The database does not answer: nothing listens at the address in DATABASE_URL. Nothing was started.',
    );
  });
});

describe('the demo', () => {
  it('starts on a database that it has marked', async () => {
    await markInstallation({ demo: true });
    await start('demo');
    await start('demo');
  });

  it('refuses one that it has not', async () => {
    await expect(start('demo')).rejects.toThrow('does not belong to a demo');
    await start('production');
    await expect(start('demo')).rejects.toThrow('does not belong to a demo');
  });
});
