import type { EndpointOverride } from '#lib/config/aws-endpoints.ts';
import type { Config } from '#lib/config/config.ts';

/**
 * Whether AWS is the demo's own simulator, which is AWS and its console in one. A demo pointed at another emulator by hand is not
 * called one, nor is any override of an installation.
 */
export function isSimulated(
  overrides: readonly EndpointOverride[],
  { mode, consoleUrls }: Pick<Config, 'mode' | 'consoleUrls'>,
): boolean {
  return mode === 'demo' && overrides.every(({ url }) => Object.values(consoleUrls).some((own) => isSame(url, own)));
}

function isSame(url: string, other: string): boolean {
  return URL.canParse(other) && new URL(url).origin === new URL(other).origin;
}
