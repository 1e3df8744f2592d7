/**
 * Every name that Keyward reads from its environment, what it must look like, and what stands in for it. The messages
 * say what a value must be and never what it was.
 */
import type { ProviderDeclaration } from '../byok/provider-declaration.ts';
import { providerList } from '../byok/providers.ts';
import * as z from '../byok/zod-config.ts';
import { providerSettings } from './settings-registry.ts';
import { defaultTenantLimits, readTenantLimits, type TenantLimits } from './tenant-limits.ts';

export type Mode = 'production' | 'demo';

/** Secrets among these are not enumerable: neither logs nor JSON show them. */
export interface Config {
  /** Set to `demo` by the demo's launcher only. */
  mode: Mode;
  /** As the application's restricted role. */
  databaseUrl: string;
  /** As the owner of the tables, for migrations; the running application does without. */
  databaseOwnerUrl: string | undefined;
  /** 32 bytes: what wraps data keys of the platform key, unless `platformKmsKeyArn` is set. */
  rootKey: Buffer;
  /** The vendor's own KMS key in place of the root key. */
  platformKmsKeyArn: string | undefined;
  nextAuthSecret: string;
  /** Where browsers find this installation; without a path. */
  nextAuthUrl: string;
  /** Proxies in front of us that say who called them: addresses and networks. None: the other end of the socket counts. */
  trustedProxies: readonly string[];
  /** Where the web server listens. */
  host: string;
  /** How long a process that is asked to end goes on serving, for balancers to notice. */
  drainSeconds: number;
  /** The role that customers trust. Unset: asked from GetCallerIdentity. */
  serviceRoleArn: string | undefined;
  /** The roles that customers of certain regions trust instead, first match first. */
  servicePrincipals: z.output<(typeof providerSettings)['KEYWARD_SERVICE_PRINCIPALS']>;
  /** From where we call AWS: addresses and networks that customers may put on their allow-lists. */
  outgoingIps: readonly string[];
  /** Where links into the customer's console of a provider lead, by provider; no slash at their ends. */
  consoleUrls: Readonly<Record<string, string>>;
  /** AWS endpoints other than AWS's own that may be used, as `URL.href`. */
  allowedAwsEndpoints: readonly string[];
  /** How often Keyward resolves the alias of an active key. */
  aliasCheckSeconds: number;
  /** What one operation on a customer's KMS may take in all, in milliseconds. */
  kmsTimeoutMs: number;
  /** How long backups of the database are kept, in days: until then old records can be opened from them. */
  backupRetentionDays: number;
  /** How long an old key version is kept usable after its last use, in days, before it is called safe to retire. */
  versionRetentionDays: number;
  /** A data key older than this, in days, is replaced by a fresh one. */
  rekeyAfterDays: number;
  /** So is one under which as many messages were sealed: at most 2^40, as lib/envelope/FORMAT.md explains. */
  rekeyAfterMessages: number;
  /** KMS calls that transitions may have in flight, and begin in a second, per key version and process: room for live traffic. */
  rewrapCallsAtOnce: number;
  rewrapCallsPerSecond: number;
  /** Where the data plane listens. Without a port: two above the web server's. */
  dataPlaneHost: string;
  dataPlanePort: number | undefined;
  /** What one tenant may ask of one data plane process. */
  dataPlaneRequestsPerSecond: number;
  dataPlaneItemsPerSecond: number;
  /** MiB of bodies that one data plane process may have under way, and one tenant in it. */
  dataPlaneMibInFlight: number;
  dataPlaneTenantMibInFlight: number;
  /** How old what a data plane remembers of tokens, apps and data keys may be, in milliseconds. */
  dataPlaneRemembersMs: number;
  /** With it metrics are told to whoever sends it; without, to this machine alone. */
  dataPlaneMetricsToken: string | undefined;
  /** How often one tenant may have costly things done. */
  tenantLimits: TenantLimits;
  /** Of the demo's accounts; in production an account that still has it is refused. */
  demoPassword: string;
  logLevel: LogLevel;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const defaultDemoPassword = 'keyward-demo';

const postgresUrl = z.string().refine(isPostgresUrl, 'must be a URL that begins with postgresql://');
const httpUrl = z.string().refine((text) => isHttpUrl(text), 'must be a URL that begins with https:// (or http://)');

/** By the name in the environment. */
export const schema = z.object({
  KEYWARD_MODE: z.enum(['production', 'demo'], 'must be left out').default('production'),
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: postgresUrl.optional(),
  KEYWARD_DATABASE_TLS: z.enum(['verified', 'unverified'], 'must be verified or unverified').default('verified'),
  KEYWARD_ROOT_KEY: z
    .string()
    .refine(isRootKey, 'must be the base64 of exactly 32 random bytes')
    .transform((text) => Buffer.from(text, 'base64')),
  ...providerSettings,
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
  NEXTAUTH_URL: z
    .string()
    .refine(isPublicUrl, 'must be a URL without a path that begins with https:// (http:// for this machine only)')
    .transform((text) => new URL(text).origin),
  KEYWARD_TRUSTED_PROXIES: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine(
      (parts) => parts.every((part) => isNetwork(part) && !part.endsWith('/0')),
      'must be IP addresses or networks (10.0.0.0/8) that are not the whole of the internet, separated by commas',
    )
    .default([]),
  KEYWARD_HOST: z.string().default('127.0.0.1'),
  KEYWARD_DRAIN_SECONDS: wholeNumber(0, 3_600).default(20),
  KEYWARD_OUTGOING_IPS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every(isNetwork), 'must be IP addresses or networks (203.0.113.0/24), separated by commas')
    .default([]),
  ...consoleSettings(),
  KEYWARD_ALLOWED_AWS_ENDPOINTS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every((part) => isHttpUrl(part)), 'must be URLs, separated by commas')
    .transform((parts) => parts.map((part) => new URL(part).href))
    .default([]),
  KEYWARD_ALIAS_CHECK_SECONDS: wholeNumber(1, 86_400).default(300),
  KEYWARD_KMS_TIMEOUT_MS: wholeNumber(100, 60_000).default(5_000),
  KEYWARD_BACKUP_RETENTION_DAYS: wholeNumber(0, 3_650).default(35),
  KEYWARD_VERSION_RETENTION_DAYS: wholeNumber(0, 3_650).default(31),
  KEYWARD_REKEY_AFTER_DAYS: wholeNumber(1, 3_650).default(90),
  KEYWARD_REKEY_AFTER_MESSAGES: wholeNumber(1, 2 ** 40).default(2 ** 40),
  KEYWARD_REWRAP_CALLS_AT_ONCE: wholeNumber(1, 1_000).default(20),
  KEYWARD_REWRAP_CALLS_PER_SECOND: wholeNumber(1, 100_000).default(500),
  KEYWARD_DATA_PLANE_HOST: z.string().default('127.0.0.1'),
  KEYWARD_DATA_PLANE_PORT: wholeNumber(1, 65_535).optional(),
  KEYWARD_DATA_PLANE_REQUESTS_PER_SECOND: wholeNumber(1, 1_000_000).default(5_000),
  KEYWARD_DATA_PLANE_ITEMS_PER_SECOND: wholeNumber(1, 10_000_000).default(20_000),
  KEYWARD_DATA_PLANE_MIB_IN_FLIGHT: wholeNumber(160, 65_536).default(256),
  KEYWARD_DATA_PLANE_TENANT_MIB_IN_FLIGHT: wholeNumber(160, 65_536).default(160),
  KEYWARD_DATA_PLANE_REMEMBERS_MS: wholeNumber(0, 5_000).default(1_000),
  KEYWARD_TENANT_LIMITS: z
    .string()
    .transform((text) => readTenantLimits(text))
    .refine(
      (read) => read !== undefined,
      `must be NAME=PER-MINUTE or NAME=PER-MINUTE/AT-ONCE, separated by commas; the names: ${Object.keys(defaultTenantLimits).join(', ')}`,
    )
    .transform((read) => read ?? defaultTenantLimits)
    .default(defaultTenantLimits),
  KEYWARD_DATA_PLANE_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  KEYWARD_DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').default(defaultDemoPassword),
  KEYWARD_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});

/** What providers name; a name that only runtime knows is in no type. `consoleUrls` of parse.ts reads them. */
function consoleSettings(): Record<never, never> {
  const url = httpUrl.transform((text) => text.replace(/\/+$/, ''));
  const settings = providerList.flatMap(({ console }: ProviderDeclaration) => console ?? []);
  return Object.fromEntries(settings.map(({ variable, url: otherwise }) => [variable, url.default(otherwise)]));
}

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

function isPostgresUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1;
}

function isHttpUrl(text: string): boolean {
  return ['https:', 'http:'].includes(parseUrl(text)?.protocol ?? '');
}

/** Session cookies over a network want TLS; on the machine itself there is no network. */
function isPublicUrl(text: string): boolean {
  const url = parseUrl(text);
  if (url?.pathname !== '/' || url.search !== '' || url.hash !== '') return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}

/** Strict: Buffer alone would skip over what is not base64. */
function isRootKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
}

function isNetwork(text: string): boolean {
  return z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(text).success;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
