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
    what: "PostgreSQL, as the application's restricted role. A direct connection or a pool in session mode: LISTEN and locks do not pass a transaction pooler",
  },
  {
    names: ['DATABASE_OWNER_URL'],
    what: 'the same database as its owner, for `npm run migrate`',
  },
  {
    names: ['KEYWARD_DATABASE_TLS'],
    what: 'a database on another machine wants `sslmode=verify-full` in its URL (`sslrootcert=FILE` for an authority of your own); `unverified` lets TLS pass that does not prove which server answers',
  },
  {
    names: ['KEYWARD_ROOT_KEY'],
    what: 'base64 of 32 random bytes: the platform key. Lost with it is everything that lies under it',
  },
  {
    names: ['KEYWARD_PLATFORM_KMS_KEY_ARN'],
    what: "the vendor's own KMS key as platform key in place of it, chosen before the first start. `KEYWARD_ROOT_KEY` has to be set all the same, and then wraps nothing",
  },
  {
    names: ['NEXTAUTH_SECRET', 'NEXTAUTH_URL'],
    what: 'at least 32 characters; where browsers find this installation: it alone decides which cookies and origins count',
  },
  {
    names: ['KEYWARD_TRUSTED_PROXIES'],
    what: 'addresses and networks of the proxies in front, whose `X-Forwarded-For` says who calls. Unset: the other end of the socket does, so that behind a proxy all strangers are slowed down as one',
  },
  {
    names: ['KEYWARD_HOST', 'PORT'],
    what: 'where the web process listens (127.0.0.1, 3000). `0.0.0.0`: on all interfaces',
  },
  {
    names: ['KEYWARD_DRAIN_SECONDS'],
    what: 'how long a web process or data plane goes on serving after SIGTERM, so that balancers notice (20)',
  },
  {
    names: ['KEYWARD_SERVICE_ROLE_ARN'],
    what: 'the role that customers trust; asked from AWS when unset, compared with it when set',
  },
  {
    names: ['KEYWARD_SERVICE_PRINCIPALS'],
    what: 'roles for certain regions instead: `eu-*=ROLE-ARN@PROFILE, cn-*=…`; PROFILE of the AWS configuration files has their credentials. Roles cannot be assumed across partitions',
  },
  {
    names: ['KEYWARD_OUTGOING_IPS'],
    what: 'addresses and networks from which AWS is called, for customers’ allow-lists; shown as they stand here',
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
    what: "what one operation on a customer's key may take in all (5000)",
  },
  {
    names: ['KEYWARD_BACKUP_RETENTION_DAYS'],
    what: 'how long backups of the database live: until then, what lay under the platform key can be opened from them (35)',
  },
  {
    names: ['KEYWARD_VERSION_RETENTION_DAYS'],
    what: 'how long after its last use an old key version is called safe to retire (31); as long as backups live, where that is longer',
  },
  {
    names: ['KEYWARD_REKEY_AFTER_DAYS', 'KEYWARD_REKEY_AFTER_MESSAGES'],
    what: "when an app's data key is replaced by a fresh one: by its age (90) or by the messages sealed under it (2^40, never more)",
  },
  {
    names: ['KEYWARD_REWRAP_CALLS_AT_ONCE', 'KEYWARD_REWRAP_CALLS_PER_SECOND'],
    what: "the most KMS calls that moving data keys may have in flight (20) and begin in a second (500), per key version and process: the rest of the key's quota is live traffic's",
  },
  {
    names: ['KEYWARD_DATA_PLANE_HOST', 'KEYWARD_DATA_PLANE_PORT'],
    what: 'where the data plane listens (127.0.0.1; two above `PORT`)',
  },
  {
    names: ['KEYWARD_DATA_PLANE_REQUESTS_PER_SECOND', 'KEYWARD_DATA_PLANE_ITEMS_PER_SECOND'],
    what: "what one tenant may ask of one data plane process (5000, 20000); a second's worth may come at once",
  },
  {
    names: ['KEYWARD_DATA_PLANE_MIB_IN_FLIGHT', 'KEYWARD_DATA_PLANE_TENANT_MIB_IN_FLIGHT'],
    what: 'MiB of bodies that one data plane process may have under way (256), and one tenant in it (160, the least: a full batch); the process needs twice that in memory',
  },
  {
    names: ['KEYWARD_DATA_PLANE_REMEMBERS_MS'],
    what: 'how old what a data plane remembers of tokens, apps and data keys may be (1000, at most 5000; 0 asks each time)',
  },
  {
    names: ['KEYWARD_TENANT_LIMITS'],
    what: 'how often one tenant may have costly things done, as NAME=PER-MINUTE/AT-ONCE, separated by commas (`test=60/8, verify=120/8, validate=30/4, open=60/8, create=20/2, lease=300, rekey=120, move=60/8, token=60`); counted over all processes',
  },
  {
    names: ['KEYWARD_DATA_PLANE_METRICS_TOKEN'],
    what: 'at least 16 characters: whoever sends it as bearer token sees `/metrics`; unset: this machine alone',
  },
  {
    names: ['KEYWARD_ALLOWED_AWS_ENDPOINTS'],
    what: "endpoints other than AWS's own that `AWS_ENDPOINT_URL*` may name; with one in effect a banner stands on every page",
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
