import 'server-only';
import { logSummed } from '../config/log-summed.ts';
import type { AppScope } from '../db/data-key-store.ts';

const holder = globalThis as typeof globalThis & { keywardUnknownDataKeys?: number };

/**
 * An envelope names a data key that its tenant and app do not have. Its caller is told what everybody is told whose envelope does
 * not open; whoever operates this installation learns here that data keys may be missing, as after the restore of an older backup.
 */
export function noteUnknownDataKey({ tenantId, appId }: AppScope, dataKeyId: string): void {
  holder.keywardUnknownDataKeys = unknownDataKeys() + 1;
  logSummed('warn', {
    kind: 'unknown-data-key',
    message: 'an envelope names a data key that its tenant and app do not have',
    code: 'unknown-data-key',
    tenantId,
    appId,
    dataKeyId,
  });
}

/** How often since this process began. */
export function unknownDataKeys(): number {
  return holder.keywardUnknownDataKeys ?? 0;
}
