import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { awsEndpointOverrides } from './aws-endpoints.ts';
import { ConfigError, parseConfig } from './parse.ts';
import { defaultTenantLimits } from './tenant-limits.ts';

const rootKey = Buffer.alloc(32, 7).toString('base64');
const sound = {
  DATABASE_URL: 'postgresql://app:app-password@db.example/keyward?sslmode=verify-full',
  KEYWARD_ROOT_KEY: rootKey,
  NEXTAUTH_SECRET: 'a-session-secret-of-forty-characters-abcd',
  NEXTAUTH_URL: 'https://keyward.example',
};

function problemsOf(env: Record<string, string | undefined>): { name: string; problem: string }[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
  return [];
}

describe('a sound configuration', () => {
  it('is read, with its defaults', () => {
    expect({ ...parseConfig(sound) }).toEqual({
      mode: 'production',
      platformKmsKeyArn: undefined,
      servicePrincipals: [],
      aliasCheckSeconds: 300,
      outgoingIps: [],
      nextAuthUrl: 'https://keyward.example',
      trustedProxies: [],
      host: '127.0.0.1',
      drainSeconds: 20,
      serviceRoleArn: undefined,
      consoleUrls: { aws: 'https://console.aws.amazon.com' },
      allowedAwsEndpoints: [],
      kmsTimeoutMs: 5000,
      backupRetentionDays: 35,
      versionRetentionDays: 31,
      rekeyAfterDays: 90,
      rekeyAfterMessages: 2 ** 40,
      rewrapCallsAtOnce: 20,
      rewrapCallsPerSecond: 500,
      logLevel: 'info',
      dataPlaneHost: '127.0.0.1',
      dataPlanePort: undefined,
      dataPlaneRequestsPerSecond: 5_000,
      dataPlaneItemsPerSecond: 20_000,
      tenantLimits: defaultTenantLimits,
      dataPlaneMibInFlight: 256,
      dataPlaneTenantMibInFlight: 160,
      dataPlaneRemembersMs: 1_000,
    });
    expect(parseConfig(sound).rootKey).toEqual(Buffer.alloc(32, 7));
  });

  it('does not show its secrets when it is printed', () => {
    const config = parseConfig({
      ...sound,
      DATABASE_OWNER_URL: 'postgresql://owner:owner-password@db.example/keyward?sslmode=verify-full',
    });
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 5 })}`;
    for (const secret of ['app-password', 'owner-password', rootKey, sound.NEXTAUTH_SECRET, 'keyward-demo']) {
      expect(printed).not.toContain(secret);
    }
  });
});

describe('an unsound configuration', () => {
  it('is refused with every missing name at once', () => {
    expect(problemsOf({})).toEqual(
      ['DATABASE_URL', 'KEYWARD_ROOT_KEY', 'NEXTAUTH_SECRET', 'NEXTAUTH_URL'].map((name) => ({
        name,
        problem: 'is missing',
      })),
    );
  });

  it.each(Object.keys(sound))('counts an empty %s as missing', (name) => {
    expect(problemsOf({ ...sound, [name]: '  ' })).toEqual([{ name, problem: 'is missing' }]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://canary-value@db/keyward'],
    ['DATABASE_URL', 'postgresql://db.example'],
    ['DATABASE_OWNER_URL', 'canary-value'],
    ['KEYWARD_ROOT_KEY', Buffer.alloc(31, 1).toString('base64')],
    ['KEYWARD_ROOT_KEY', Buffer.alloc(33, 1).toString('base64')],
    ['KEYWARD_ROOT_KEY', `${'!'.repeat(4)}${rootKey}`],
    ['KEYWARD_PLATFORM_KMS_KEY_ARN', 'arn:aws:kms:us-east-1:111122223333:alias/canary-value'],
    ['NEXTAUTH_SECRET', 'canary-value'],
    ['NEXTAUTH_URL', 'http://keyward.canary-value.example'],
    ['NEXTAUTH_URL', 'https://keyward.example/canary-value'],
    ['KEYWARD_TRUSTED_PROXIES', '10.0.0.0/8, canary-value'],
    ['KEYWARD_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['KEYWARD_SERVICE_ROLE_ARN', 'arn:aws:iam::111122223333:user/canary-value'],
    ['KEYWARD_AWS_CONSOLE_URL', 'javascript:canary-value'],
    ['KEYWARD_ALLOWED_AWS_ENDPOINTS', 'https://kms.example, canary-value'],
    ['KEYWARD_KMS_TIMEOUT_MS', '5s'],
    ['KEYWARD_KMS_TIMEOUT_MS', '99'],
    ['KEYWARD_BACKUP_RETENTION_DAYS', '-1'],
    ['KEYWARD_VERSION_RETENTION_DAYS', '31 days'],
    ['KEYWARD_REKEY_AFTER_DAYS', '-7'],
    ['KEYWARD_REKEY_AFTER_MESSAGES', '1099511627777'],
    ['KEYWARD_REWRAP_CALLS_AT_ONCE', '1001'],
    ['KEYWARD_REWRAP_CALLS_PER_SECOND', '0.5'],
    ['KEYWARD_DEMO_PASSWORD', 'short'],
    ['KEYWARD_LOG_LEVEL', 'canary-value'],
    ['KEYWARD_MODE', 'canary-value'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['AWS_ENDPOINT_URL', 'https://canary-value.example'],
    ['AWS_ENDPOINT_URL_KMS', 'canary-value'],
    ['AWS_ENDPOINT_URL_STS', 'https://canary-value.example'],
  ])('names %s, alone and without its value (%s)', (name, value) => {
    const problems = problemsOf({ ...sound, [name]: value });
    expect(problems.map((problem) => problem.name)).toEqual([name]);
    expect(new ConfigError(problems).message).not.toContain(value);
    expect(new ConfigError(problems).message).not.toContain('canary-value');
  });

  it('names everything that is wrong together', () => {
    const env = {
      NEXTAUTH_SECRET: 'short',
      AWS_ENDPOINT_URL_KMS: 'https://kms.example',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(
      problemsOf(env)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'AWS_ENDPOINT_URL_KMS',
      'DATABASE_URL',
      'KEYWARD_ROOT_KEY',
      'NEXTAUTH_SECRET',
      'NEXTAUTH_URL',
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ]);
  });

  it('asks for the owner of the database only where it is needed', () => {
    expect(() => parseConfig(sound, { alsoRequired: ['DATABASE_OWNER_URL'] })).toThrow('DATABASE_OWNER_URL is missing');
  });
});

describe('AWS endpoint overrides', () => {
  const overridden = {
    ...sound,
    AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:3001',
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:3001/',
  };

  it('are let pass when the very same URL is named', () => {
    expect(problemsOf({ ...overridden, KEYWARD_ALLOWED_AWS_ENDPOINTS: 'http://127.0.0.1:3001' })).toEqual([]);
    expect(problemsOf({ ...overridden, KEYWARD_ALLOWED_AWS_ENDPOINTS: 'http://127.0.0.1:30010' })).toHaveLength(2);
  });

  it('are listed for the banner', () => {
    expect(awsEndpointOverrides(overridden)).toEqual([
      { service: 'KMS', url: 'http://127.0.0.1:3001' },
      { service: 'STS', url: 'http://127.0.0.1:3001/' },
    ]);
    expect(awsEndpointOverrides({ AWS_ENDPOINT_URL: 'https://aws.example' })).toEqual([
      { service: 'every service', url: 'https://aws.example' },
    ]);
    expect(awsEndpointOverrides(sound)).toEqual([]);
  });
});
