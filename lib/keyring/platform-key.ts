import 'server-only';
import { getConfig } from '../config/config.ts';
import { createPlatformProvider, platformProviderName } from '../kms/platform/provider.ts';
import type { KmsProvider } from '../kms/provider.ts';
import { budgetOf } from './budget.ts';

const holder = globalThis as typeof globalThis & { keywardPlatformKey?: Promise<KmsProvider> | undefined };

/** The vendor's own wrapping key, one instance per process. A failure to make it is not kept. */
export function platformKey(): Promise<KmsProvider> {
  const made = holder.keywardPlatformKey ?? make();
  holder.keywardPlatformKey = made;
  made.catch(() => {
    if (holder.keywardPlatformKey === made) holder.keywardPlatformKey = undefined;
  });
  return made;
}

/** In whose words failures of the platform key are told. */
export function platformProvider(): string {
  return platformProviderName(getConfig().platformKmsKeyArn);
}

export async function closePlatformKey(): Promise<void> {
  const made = holder.keywardPlatformKey;
  holder.keywardPlatformKey = undefined;
  (await made?.catch(() => undefined))?.close();
}

async function make(): Promise<KmsProvider> {
  const { rootKey, platformKmsKeyArn, kmsTimeoutMs } = getConfig();
  return createPlatformProvider({
    rootKey,
    kmsKeyArn: platformKmsKeyArn,
    limits: { totalTimeoutMs: kmsTimeoutMs },
    onThrottled: () => budgetOf(null).stepBack(),
  });
}
