/**
 * What the application's role may do with each table: what the stores of lib/db do, and no more. A table that is not named here
 * is closed to it, and a test finds every privilege that is missing or that nothing uses. Rows that go with their parents
 * (ON DELETE CASCADE) need no privilege, and a row lock (FOR UPDATE, FOR SHARE) needs UPDATE.
 */
export const tableRights: Readonly<Record<string, readonly string[]>> = {
  _prisma_migrations: ['SELECT'],
  api_token: ['SELECT', 'INSERT', 'UPDATE'],
  app: ['SELECT', 'INSERT', 'UPDATE'],
  app_record: ['SELECT', 'INSERT', 'UPDATE'],
  audit_event: ['SELECT', 'INSERT'],
  audit_source: ['SELECT', 'INSERT', 'DELETE'],
  configuration_app: ['SELECT', 'INSERT', 'DELETE'],
  data_key: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  data_key_failure: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  enterprise_key: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  installation: ['SELECT', 'INSERT', 'UPDATE'],
  key_configuration: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  key_creation: ['SELECT', 'INSERT', 'UPDATE'],
  key_probe: ['SELECT', 'INSERT', 'UPDATE'],
  key_version: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  key_transition: ['SELECT', 'INSERT', 'UPDATE'],
  key_transition_app: ['SELECT', 'INSERT', 'DELETE'],
  provider: ['SELECT'],
  provider_secret: ['SELECT', 'INSERT', 'DELETE'],
  rate_limit: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  refusal_count: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  session: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  sign_in_count: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  tenant: ['SELECT', 'INSERT', 'UPDATE'],
  tenant_use: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  test_report: ['SELECT', 'INSERT'],
  user: ['SELECT', 'INSERT', 'UPDATE'],
  worker_heartbeat: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
};
