import 'server-only';
import { parseConfig } from './parse.ts';
import type { Config } from './schema.ts';

export type { Config } from './schema.ts';

const holder = globalThis as typeof globalThis & { keywardConfig?: Config };

/**
 * This process's configuration, read from its environment on first use.
 * Throws `ConfigError` that names everything missing or invalid at once. Kept on `globalThis` because a server build may
 * hold this module more than once.
 */
export function getConfig(): Config {
  holder.keywardConfig ??= parseConfig(process.env);
  return holder.keywardConfig;
}

/** Where links into this provider's console lead; empty where it has none. */
export function consoleUrlOf(provider: string): string {
  return getConfig().consoleUrls[provider] ?? '';
}

/** For tests: another configuration, or with none the environment's again. */
export function setConfig(config?: Config): void {
  holder.keywardConfig = config;
}
