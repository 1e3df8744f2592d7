/**
 * What each variable of the environment is for, in the README's order. `schema.ts` knows what they must look like and what stands
 * in for them; `node scripts/bootstrap.mjs env-example` writes `.env.example` and the README's table from both.
 */
export type VariableRow = {
  /** More than one where they are explained together. */
  names: readonly string[];
  /** Markdown, in the README's words: no full stop at its end. */
  what: string;
};

/** Not of `schema.ts`: what web and demo read before there is a configuration. */
export const readBeside = { PORT: '3000', KEYWARD_DATA_DIR: '.keyward' } as const;

/** Of `schema.ts`, and not for people: the demo's launcher alone sets it. */
export const notForPeople = ['KEYWARD_MODE'] as const;

export const variables: readonly VariableRow[] = [
  {
    names: ['DATABASE_URL'],
    what: "PostgreSQL, as the application's restricted role. A direct connection, or a pool in session mode: LISTEN and locks do not work through a transaction pooler",
  },
  {
    names: ['DATABASE_OWNER_URL'],
    what: 'the same database as its owner, for `npm run migrate`',
  },
  {
    names: ['KEYWARD_DATABASE_TLS'],
    what: 'for a database on another machine. Its URL needs `sslmode=verify-full` (`sslrootcert=FILE` for your own authority). `unverified` also allows TLS that does not verify the server',
  },
  {
    names: ['KEYWARD_ROOT_KEY'],
    what: 'base64 of 32 random bytes: the platform key. If you lose it, you lose everything encrypted under it',
  },
  {
    names: ['KEYWARD_PLATFORM_KMS_KEY_ARN'],
    what: "the vendor's own KMS key as platform key instead. Choose it before the first start. `KEYWARD_ROOT_KEY` must still be set, but then wraps nothing",
  },
  {
    names: ['NEXTAUTH_SECRET', 'NEXTAUTH_URL'],
    what: 'at least 32 characters; the address at which browsers find this installation. It alone decides which cookies and origins count',
  },
  {
    names: ['KEYWARD_TRUSTED_PROXIES'],
    what: 'addresses and networks of the proxies in front, whose `X-Forwarded-For` says who calls. If unset, the other end of the socket counts: behind a proxy, all strangers are slowed down as one',
  },
  {
    names: ['KEYWARD_HOST', 'PORT'],
    what: 'where the web process listens (127.0.0.1, 3000). `0.0.0.0`: on all interfaces',
  },
  {
    names: ['KEYWARD_DRAIN_SECONDS'],
    what: 'how long a web process or data plane continues to serve after SIGTERM, so that balancers notice (20)',
  },
  {
    names: ['KEYWARD_SERVICE_ROLE_ARN'],
    what: 'the role that customers trust; asked from AWS when unset, compared with it when set',
  },
  {
    names: ['KEYWARD_SERVICE_PRINCIPALS'],
    what: 'roles for certain regions instead: `eu-*=ROLE-ARN@PROFILE, cn-*=…`; PROFILE in the AWS configuration files has their credentials. Roles cannot be assumed across partitions',
  },
  {
    names: ['KEYWARD_OUTGOING_IPS'],
    what: 'addresses and networks from which AWS is called, for customers’ allow-lists; shown exactly as entered',
  },
  {
    names: ['KEYWARD_AWS_CONSOLE_URL'],
    what: "where links into the customer's AWS console lead (AWS's own)",
  },
  {
    names: ['KEYWARD_ALIAS_CHECK_SECONDS'],
    what: 'how often Keyward resolves the alias of an active key (300)',
  },
  {
    names: ['KEYWARD_KMS_TIMEOUT_MS'],
    what: "how long one operation on a customer's key may take in total (5000)",
  },
  {
    names: ['KEYWARD_BACKUP_RETENTION_DAYS'],
    what: 'how long you keep backups of the database. Until then, data that was under the platform key can be decrypted from them (35)',
  },
  {
    names: ['KEYWARD_VERSION_RETENTION_DAYS'],
    what: 'how long after its last use an old key version is safe to retire (31). If you keep backups longer, that time counts',
  },
  {
    names: ['KEYWARD_REKEY_AFTER_DAYS', 'KEYWARD_REKEY_AFTER_MESSAGES'],
    what: 'when an app gets a fresh data key: after so many days (90) or encrypted messages (2^40, the most)',
  },
  {
    names: ['KEYWARD_REWRAP_CALLS_AT_ONCE', 'KEYWARD_REWRAP_CALLS_PER_SECOND'],
    what: "limits for moving data keys, per key version and process: KMS calls in flight (20) and started per second (500). The rest of the key's quota is for live traffic",
  },
  {
    names: ['KEYWARD_DATA_PLANE_HOST', 'KEYWARD_DATA_PLANE_PORT'],
    what: 'where the data plane listens (127.0.0.1; two above `PORT`)',
  },
  {
    names: ['KEYWARD_DATA_PLANE_REQUESTS_PER_SECOND', 'KEYWARD_DATA_PLANE_ITEMS_PER_SECOND'],
    what: "how much one tenant may ask of one data plane process (5000, 20000); one second's worth may come at once",
  },
  {
    names: ['KEYWARD_DATA_PLANE_MIB_IN_FLIGHT', 'KEYWARD_DATA_PLANE_TENANT_MIB_IN_FLIGHT'],
    what: 'MiB of bodies in flight per data plane process (256), and per tenant (160 or more, a full batch). The process needs twice that in memory',
  },
  {
    names: ['KEYWARD_DATA_PLANE_REMEMBERS_MS'],
    what: 'how long a data plane may cache tokens, apps and data keys (1000, at most 5000; 0 asks each time)',
  },
  {
    names: ['KEYWARD_TENANT_LIMITS'],
    what: 'how often one tenant may do costly things. NAME=PER-MINUTE/AT-ONCE, separated by commas (`test=60/8, verify=120/8, validate=30/4, open=60/8, create=20/2, lease=300, rekey=120, move=60/8, token=60`). Counted across all processes',
  },
  {
    names: ['KEYWARD_DATA_PLANE_METRICS_TOKEN'],
    what: 'at least 16 characters: the bearer token for `/metrics`. If unset, only this machine can read it',
  },
  {
    names: ['KEYWARD_ALLOWED_AWS_ENDPOINTS'],
    what: "endpoints other than AWS's own that `AWS_ENDPOINT_URL*` may name. While one is in effect, every page shows a banner",
  },
  {
    names: ['KEYWARD_LOG_LEVEL'],
    what: 'one of fatal, error, warn, info, debug and silent (info)',
  },
  {
    names: ['KEYWARD_DATA_DIR', 'KEYWARD_DEMO_PASSWORD'],
    what: "the demo's folder (`.keyward/`) and password",
  },
];
