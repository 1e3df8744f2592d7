import 'server-only';
import { parseEnvelope } from '../envelope/format.ts';
import { takeCounted } from '../keyring/message-count.ts';
import { decodeText } from '../operations/data/items.ts';
import type { Memory } from './memory.ts';
import type { WarmKey } from './warm-keys.ts';

export type Scope = { tenantId: string; appId: string };

/**
 * An answer's JSON, ASCII alone; or what to wait for before the next try; undefined for whatever is not plain sailing: then the
 * operation says what it is.
 */
export type WarmAnswer = string | Promise<void> | undefined;

/** Seals a whole batch without asking anybody, where all of it is in order. */
export function sealWarm(memory: Memory, { tenantId, appId }: Scope, items: readonly unknown[]): WarmAnswer {
  const warm = memory.sealing(tenantId, appId);
  if (warm === undefined) return memory.missed(tenantId, appId);
  if (!takeCounted(warm.key.id, items.length)) return undefined;
  const end = endOf(warm);
  let answer = '{"items":[';
  try {
    for (let at = 0; at < items.length; at++) {
      const { plaintext, context } = items[at] as { plaintext?: unknown; context?: unknown };
      if (typeof plaintext !== 'string') return undefined;
      const bytes = decodeText(plaintext, 'plaintext');
      if (typeof bytes === 'string') return undefined;
      // What the context is, the key checks itself.
      const envelope = warm.key.seal(bytes, (context ?? {}) as Record<string, string>);
      answer += `${at === 0 ? '' : ','}{"envelope":"${envelope.toString('base64')}${end}`;
    }
  } catch {
    return undefined;
  }
  return `${answer}]}`;
}

/** Opens a whole batch likewise. */
export function openWarm(memory: Memory, { tenantId, appId }: Scope, items: readonly unknown[]): WarmAnswer {
  let answer = '{"items":[';
  try {
    for (let at = 0; at < items.length; at++) {
      const { envelope, context } = items[at] as { envelope?: unknown; context?: unknown };
      if (typeof envelope !== 'string') return undefined;
      const bytes = decodeText(envelope, 'envelope');
      if (typeof bytes === 'string') return undefined;
      const parsed = parseEnvelope(bytes);
      const warm = memory.opening(tenantId, appId, parsed.dataKeyId);
      if (warm === undefined) return memory.missed(tenantId, appId, parsed.dataKeyId);
      const plaintext = warm.key.open(parsed, (context ?? {}) as Record<string, string>);
      answer += `${at === 0 ? '' : ','}{"plaintext":"${plaintext.toString('base64')}${endOf(warm)}`;
      plaintext.fill(0);
    }
  } catch {
    return undefined;
  }
  return `${answer}]}`;
}

function endOf({ stale }: WarmKey): string {
  return stale ? '","stale":true}' : '"}';
}
