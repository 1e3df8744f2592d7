import 'server-only';
import { KmsError } from '../kms/errors.ts';
import type { KmsProvider } from '../kms/provider.ts';

const actions = { generateDataKey: 'GenerateDataKey', wrap: 'Encrypt', unwrap: 'Decrypt' } as const;

/** `outcome` is `answered` or the class of the failure. A key held in the process is no call of a KMS, and counts all the same. */
export type CallCount = { key: KmsProvider['kind']; action: (typeof actions)[Action]; outcome: string; calls: number };
type Action = keyof typeof actions;

const holder = globalThis as typeof globalThis & { keywardCalls?: Map<string, CallCount> };
const countedOnes = new WeakMap<KmsProvider, KmsProvider>();

/** What this process has asked of wrapping keys for callers that wait, each operation once however often it was sent. */
export function callCounts(): CallCount[] {
  return [...counts().values()];
}

/** The same provider, of whose operations count is kept. */
export function counted(provider: KmsProvider): KmsProvider {
  const known = countedOnes.get(provider);
  if (known) return known;
  const made: KmsProvider = {
    kind: provider.kind,
    keyId: provider.keyId,
    generateDataKey: (...args) => count(provider, 'generateDataKey', provider.generateDataKey(...args)),
    wrap: (...args) => count(provider, 'wrap', provider.wrap(...args)),
    unwrap: (...args) => count(provider, 'unwrap', provider.unwrap(...args)),
    probe: (...args) => provider.probe(...args),
    look: (...args) => provider.look(...args),
    close: () => provider.close(),
  };
  countedOnes.set(provider, made);
  return made;
}

async function count<T>({ kind }: KmsProvider, action: Action, answer: Promise<T>): Promise<T> {
  try {
    const result = await answer;
    add(kind, action, 'answered');
    return result;
  } catch (error) {
    add(kind, action, error instanceof KmsError ? error.class : 'failed');
    throw error;
  }
}

function add(key: KmsProvider['kind'], action: Action, outcome: string): void {
  const place = `${key} ${action} ${outcome}`;
  const known = counts().get(place) ?? { key, action: actions[action], outcome, calls: 0 };
  counts().set(place, { ...known, calls: known.calls + 1 });
}

function counts(): Map<string, CallCount> {
  holder.keywardCalls ??= new Map();
  return holder.keywardCalls;
}
