import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { externalId, ids, region, startAws } from '../kms/testing/customer.ts';
import { startLender } from './http-source.fixture.ts';

// The examples of LIBRARY.md, run as they stand there, by a plain Node.
const root = fileURLToPath(new URL('../..', import.meta.url));
const [leased = '', own = ''] = examplesIn('LIBRARY.md');
const folder = mkdtempSync(join(tmpdir(), 'keyward-library-'));
afterAll(() => rmSync(folder, { recursive: true }));

function examplesIn(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return Array.from(text.matchAll(/^```ts example\n(.*?)^```$/gms), ([, code = '']) => code);
}

/** Writes down each module that is loaded. */
const hook = `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ load(url, context, next) { appendFileSync(process.env.MODULES, url + '\\n'); return next(url, context); } });`;

async function run(code: string, env: Record<string, string>) {
  const modules = join(folder, randomUUID());
  const preload = `data:text/javascript,${encodeURIComponent(hook)}`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', preload, '--input-type=module-typescript', '--eval', code],
    { cwd: root, env: { NODE_ENV: 'production', ...env, MODULES: modules } },
  );
  const loaded = readFileSync(modules, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url).replace(root, ''));
  const folders = new Set(loaded.map((path) => /^(node_modules\/(@[^/]+\/)?[^/]+|lib\/[^/]+)/.exec(path)?.[0] ?? path));
  return { stdout, stderr, loaded, folders: [...folders].sort() };
}

describe('the example of data keys that Keyward lends', () => {
  let lender: Awaited<ReturnType<typeof startLender>>;
  beforeAll(async () => {
    lender = await startLender();
    return lender.close;
  });

  test('runs, and loads nothing but lib/envelope, lib/byok and zod', async () => {
    const appId = randomUUID();
    lender.rotate(appId);
    const file = join(folder, 'x-ray.dcm');
    const content = randomBytes(3_000_000);
    writeFileSync(file, content);
    const { stdout, stderr, loaded, folders } = await run(leased, {
      KEYWARD_URL: lender.url,
      KEYWARD_TOKEN: lender.token,
      TENANT_ID: lender.tenantId,
      APP_ID: appId,
      FILE: file,
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('80 bytes say: Allergic to penicillin.\n');
    expect(readFileSync(`${file}.opened`).equals(content)).toBe(true);
    expect(readFileSync(`${file}.sealed`).includes(content.subarray(0, 32))).toBe(false);
    expect(lender.asked).toEqual([{ appId, messages: 65_536 }]);
    expect(loaded).toContain('lib/envelope/stream.ts');
    expect(folders).toEqual(['lib/byok', 'lib/envelope', 'node_modules/zod']);
  });
});

describe('the example of data keys under a key in AWS KMS', () => {
  let aws: Awaited<ReturnType<typeof startAws>>;
  beforeAll(async () => {
    aws = await startAws();
    return aws.close;
  });

  test('runs, and loads no more than the AWS SDK beside', async () => {
    const role = { RoleArn: aws.roleArn, ExternalId: externalId };
    const credentials = await fromTemporaryCredentials({ params: role, clientConfig: { region } })();
    const { stdout, loaded, folders } = await run(own, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
      AWS_REGION: region,
      AWS_ENDPOINT_URL_KMS: process.env.AWS_ENDPOINT_URL_KMS ?? '',
      KEY_ARN: aws.keyArn,
      TENANT_ID: ids.tenantId,
      APP_ID: ids.appId,
    });
    expect(stdout).toBe('80 bytes say: Allergic to penicillin.\n');
    expect(loaded).toContain('lib/envelope/kms-source-aws.ts');
    const others = folders.filter(
      (name) => !/^node_modules\/(@aws-sdk|@aws-crypto|@smithy|@aws|tslib)(\/|$)/.test(name),
    );
    expect(others).toEqual(['lib/byok', 'lib/envelope', 'node_modules/zod']);
  });
});
