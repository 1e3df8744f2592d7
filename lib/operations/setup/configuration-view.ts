import 'server-only';
import { describeConnection, readDraft, rulesOf, viewOf } from '../../byok/connection.ts';
import type { SecretNote } from '../../byok/key-views.ts';
import type { ConfigurationView } from '../../byok/setup-views.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';

/** A configuration as screens and the hand-over show it. Of a secret no more than since when it is stored, and by whom. */
export function toConfigurationView(
  row: ConfigurationRow,
  secret: SecretNote | null,
  draft = readDraft(row),
): ConfigurationView {
  const { timeZone } = row;
  const { provider, authMode } = draft;
  const { location, keyName: keyRef } = describeConnection(draft);
  return {
    ...viewOf(draft),
    provider,
    authMode,
    location,
    keyRef,
    progress: rulesOf(draft).progress(draft, row.secretId !== null),
    hasSecret: row.secretId !== null,
    secret,
    enforcementChoice: row.enforcementChoice === 'now' || row.enforcementChoice === 'at' ? row.enforcementChoice : '',
    enforcementAt: row.enforcementAt?.toISOString() ?? null,
    timeZone,
  };
}
