import type { ProviderDeclaration } from '../byok/provider-declaration.ts';
import { providerList } from '../byok/providers.ts';
import { awsEndpointProblems } from './aws-endpoints.ts';
import { databaseTlsProblem } from './database-tls.ts';
import type { ConfigProblem, Environment } from './environment.ts';
import { type Config, schema } from './schema.ts';

/** Everything that is wrong with a configuration, at once. The message is for whoever starts the process. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ name, problem }) => `  ${name} ${problem}`);
    super(`The configuration is not complete. Nothing was started.\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

export interface ParseConfig {
  /** Names that this process needs although others do without. */
  alsoRequired?: readonly 'DATABASE_OWNER_URL'[];
}

/**
 * Reads the whole configuration from an environment. An empty value counts as none.
 * Throws `ConfigError` that lists every missing or invalid name, never a value.
 */
export function parseConfig(env: Environment, { alsoRequired = [] }: ParseConfig = {}): Config {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])),
  );
  const parsed = schema.safeParse(given);
  const problems: ConfigProblem[] = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => toProblem(String(path[0]), message, given))),
    ...alsoRequired.filter((name) => !(name in given)).map((name) => ({ name, problem: 'is missing' })),
    ...databaseTlsProblems(given),
    ...awsEndpointProblems(env, parsed.success ? parsed.data.KEYWARD_ALLOWED_AWS_ENDPOINTS : allowedAlone(given)),
  ];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    problems.push({
      name: 'NODE_TLS_REJECT_UNAUTHORIZED',
      problem: 'must be left out: it would trust any certificate',
    });
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

/** Of each database URL that can be read at all. */
function databaseTlsProblems(given: Record<string, string | undefined>): ConfigProblem[] {
  return (['DATABASE_URL', 'DATABASE_OWNER_URL'] as const).flatMap((name) => {
    const url = given[name];
    if (!url || !schema.shape[name].safeParse(url).success) return [];
    const problem = databaseTlsProblem(url, given.KEYWARD_DATABASE_TLS === 'unverified');
    return problem ? [{ name, problem }] : [];
  });
}

/** What is allowed is needed to judge the endpoints even where something else is wrong. */
function allowedAlone(given: Record<string, unknown>): readonly string[] {
  const parsed = schema.shape.KEYWARD_ALLOWED_AWS_ENDPOINTS.safeParse(given.KEYWARD_ALLOWED_AWS_ENDPOINTS);
  return parsed.success ? parsed.data : [];
}

function toProblem(name: string, message: string, given: Record<string, unknown>): ConfigProblem {
  return { name, problem: name in given ? message : 'is missing' };
}

function consoleUrls(data: Readonly<Record<string, unknown>>): Config['consoleUrls'] {
  return Object.fromEntries(
    providerList.flatMap(({ id, console }: ProviderDeclaration & { id: string }) =>
      console ? [[id, String(data[console.variable])]] : [],
    ),
  );
}

function toConfig(data: ReturnType<typeof schema.parse>): Config {
  const open = {
    mode: data.KEYWARD_MODE,
    platformKmsKeyArn: data.KEYWARD_PLATFORM_KMS_KEY_ARN,
    nextAuthUrl: data.NEXTAUTH_URL,
    trustedProxies: data.KEYWARD_TRUSTED_PROXIES,
    host: data.KEYWARD_HOST,
    drainSeconds: data.KEYWARD_DRAIN_SECONDS,
    serviceRoleArn: data.KEYWARD_SERVICE_ROLE_ARN,
    servicePrincipals: data.KEYWARD_SERVICE_PRINCIPALS,
    outgoingIps: data.KEYWARD_OUTGOING_IPS,
    consoleUrls: consoleUrls(data),
    allowedAwsEndpoints: data.KEYWARD_ALLOWED_AWS_ENDPOINTS,
    aliasCheckSeconds: data.KEYWARD_ALIAS_CHECK_SECONDS,
    kmsTimeoutMs: data.KEYWARD_KMS_TIMEOUT_MS,
    backupRetentionDays: data.KEYWARD_BACKUP_RETENTION_DAYS,
    versionRetentionDays: data.KEYWARD_VERSION_RETENTION_DAYS,
    rekeyAfterDays: data.KEYWARD_REKEY_AFTER_DAYS,
    rekeyAfterMessages: data.KEYWARD_REKEY_AFTER_MESSAGES,
    rewrapCallsAtOnce: data.KEYWARD_REWRAP_CALLS_AT_ONCE,
    rewrapCallsPerSecond: data.KEYWARD_REWRAP_CALLS_PER_SECOND,
    dataPlaneHost: data.KEYWARD_DATA_PLANE_HOST,
    dataPlanePort: data.KEYWARD_DATA_PLANE_PORT,
    dataPlaneRequestsPerSecond: data.KEYWARD_DATA_PLANE_REQUESTS_PER_SECOND,
    dataPlaneItemsPerSecond: data.KEYWARD_DATA_PLANE_ITEMS_PER_SECOND,
    tenantLimits: data.KEYWARD_TENANT_LIMITS,
    dataPlaneMibInFlight: data.KEYWARD_DATA_PLANE_MIB_IN_FLIGHT,
    dataPlaneTenantMibInFlight: data.KEYWARD_DATA_PLANE_TENANT_MIB_IN_FLIGHT,
    dataPlaneRemembersMs: data.KEYWARD_DATA_PLANE_REMEMBERS_MS,
    logLevel: data.KEYWARD_LOG_LEVEL,
  };
  return conceal(open, {
    databaseUrl: data.DATABASE_URL,
    databaseOwnerUrl: data.DATABASE_OWNER_URL,
    rootKey: data.KEYWARD_ROOT_KEY,
    nextAuthSecret: data.NEXTAUTH_SECRET,
    dataPlaneMetricsToken: data.KEYWARD_DATA_PLANE_METRICS_TOKEN,
    demoPassword: data.KEYWARD_DEMO_PASSWORD,
  });
}

/** One object of both, in which the secrets are there to be read but not to be listed. */
function conceal<Open extends object, Secret extends object>(open: Open, secrets: Secret): Open & Secret {
  const hidden = Object.entries(secrets).map(([name, value]) => [name, { value, enumerable: false }] as const);
  return Object.defineProperties(open, Object.fromEntries(hidden)) as Open & Secret;
}
