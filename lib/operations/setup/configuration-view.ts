import 'server-only';
import type { Known } from '../../byok/connection-mode.ts';
import type { SecretNote } from '../../byok/key-views.ts';
import { readPolicyShape } from '../../byok/policy-shape.ts';
import type { ConfigurationView } from '../../byok/setup-views.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';

/** A configuration as screens and the hand-over show it. Of a secret no more than since when it is stored, and by whom. */
export function toConfigurationView(row: Known<ConfigurationRow>, secret: SecretNote | null): ConfigurationView {
  const { provider, authMode, region, accountId, roleName, roleArn, keyArn, timeZone, createsKey, dataKeyPair } = row;
  return {
    provider,
    authMode,
    region,
    accountId,
    roleName,
    roleArn,
    keyArn,
    createsKey,
    dataKeyPair,
    accessKeyId: row.accessKeyId,
    hasSecret: row.secretId !== null,
    secret,
    policyShape: readPolicyShape(row.policyShape),
    enforcementChoice: row.enforcementChoice === 'now' || row.enforcementChoice === 'at' ? row.enforcementChoice : '',
    enforcementAt: row.enforcementAt?.toISOString() ?? null,
    timeZone,
  };
}
