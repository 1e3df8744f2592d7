import { keys } from '../keyring/keys.ts'; // one-way-db-audit-auth-alerts
export const store = keys;
