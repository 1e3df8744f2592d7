import type { DatabaseUrls } from '../postgres/roles.ts';
import { Refusal } from '../refusal.ts';
import type { DemoSecrets } from './secrets.ts';

/** Whose AWS the demo speaks to. */
export type AwsChoice =
  /** The bundled simulator. */
  | { kind: 'simulator' }
  /** What the caller's own variables name, with the caller's own credentials. */
  | { kind: 'given'; endpoints: readonly string[] };

/** Throws a `Refusal` for an override of KMS without one for STS, or the other way round: one of them would go to AWS. */
export function chooseAws(env: NodeJS.ProcessEnv): AwsChoice {
  const everyService = env.AWS_ENDPOINT_URL?.trim();
  const kms = env.AWS_ENDPOINT_URL_KMS?.trim() || everyService;
  const sts = env.AWS_ENDPOINT_URL_STS?.trim() || everyService;
  if (kms && sts) {
    const names = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(_|$)/.test(name));
    return { kind: 'given', endpoints: names.flatMap((name) => env[name]?.trim() || []) };
  }
  if (!kms && !sts) return { kind: 'simulator' };
  const [set, missing] = kms ? ['KMS', 'STS'] : ['STS', 'KMS'];
  throw new Refusal(
    `AWS_ENDPOINT_URL_${set} is set and AWS_ENDPOINT_URL_${missing} is not, so half of the calls would go to AWS itself. Set both or none. Nothing was changed.`,
  );
}

export interface ChildEnvironment {
  env: NodeJS.ProcessEnv;
  port: number;
  database: DatabaseUrls;
  secrets: DemoSecrets;
  aws: AwsChoice;
  /** Of the simulator, where it is used; `elsewhere` says who the vendor is in other regions. */
  simulator: { url: string; vendorRoleArn: string; elsewhere?: Record<string, string> };
}

/** What the caller may set for the demo; any other variable of Keyward's is the launcher's to set. */
const passedOn = [
  'KEYWARD_DEMO_PASSWORD',
  'KEYWARD_DATABASE_TLS',
  'KEYWARD_LOG_LEVEL',
  'KEYWARD_KMS_TIMEOUT_MS',
  'KEYWARD_BACKUP_RETENTION_DAYS',
];
const passedOnWithOwnAws = [
  ...passedOn,
  'KEYWARD_SERVICE_ROLE_ARN',
  'KEYWARD_SERVICE_PRINCIPALS',
  'KEYWARD_AWS_CONSOLE_URL',
  'KEYWARD_OUTGOING_IPS',
  'KEYWARD_PLATFORM_KMS_KEY_ARN',
];

/** The environment of web, worker and seed. The owner's URL is not in it: the running application does without. */
export function childEnvironment({
  env,
  port,
  database,
  secrets,
  aws,
  simulator,
}: ChildEnvironment): NodeJS.ProcessEnv {
  const ownAws = aws.kind === 'given';
  const kept = ownAws ? passedOnWithOwnAws : passedOn;
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([name]) => {
      if (/^(KEYWARD_|NEXTAUTH_|DATABASE_)/.test(name)) return kept.includes(name);
      return ownAws || !name.startsWith('AWS_');
    }),
  );
  return {
    ...inherited,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // So that a demonstration need not wait five minutes.
    KEYWARD_ALIAS_CHECK_SECONDS: '10',
    KEYWARD_MODE: 'demo',
    DATABASE_URL: database.appUrl,
    KEYWARD_ROOT_KEY: secrets.rootKey,
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    // No balancer stands before a demo: it ends when it is asked to.
    KEYWARD_DRAIN_SECONDS: '0',
    KEYWARD_DATA_PLANE_HOST: '127.0.0.1',
    KEYWARD_DATA_PLANE_PORT: String(port + 2),
    ...(ownAws
      ? { KEYWARD_ALLOWED_AWS_ENDPOINTS: aws.endpoints.join(',') }
      : {
          KEYWARD_ALLOWED_AWS_ENDPOINTS: simulator.url,
          KEYWARD_AWS_CONSOLE_URL: simulator.url,
          KEYWARD_SERVICE_ROLE_ARN: simulator.vendorRoleArn,
          // Shown only, as an example: a network that is nobody's (RFC 5737). The simulator is called from this machine.
          KEYWARD_OUTGOING_IPS: '198.51.100.0/24',
          AWS_ENDPOINT_URL_KMS: simulator.url,
          AWS_ENDPOINT_URL_STS: simulator.url,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: secrets.simulator.accessKeyId,
          AWS_SECRET_ACCESS_KEY: secrets.simulator.secretAccessKey,
          // Nothing of the caller's own AWS set-up may reach into a demo that speaks to a simulator.
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          ...simulator.elsewhere,
          AWS_EC2_METADATA_DISABLED: 'true',
        }),
  };
}
