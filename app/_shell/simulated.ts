import type { EndpointOverride } from '#lib/config/aws-endpoints.ts';
import type { Config } from '#lib/config/config.ts';

/**
 * Whether AWS is the demo's own simulator, which is AWS and its console in one. A demo pointed at another emulator by hand is not
 * called one, nor is any override of an installation.
 */
export function isSimulated(
  overrides: readonly EndpointOverride[],
  { mode, awsConsoleUrl }: Pick<Config, 'mode' | 'awsConsoleUrl'>,
): boolean {
  return mode === 'demo' && overrides.every(({ url }) => isSame(url, awsConsoleUrl));
}

function isSame(url: string, other: string | undefined): boolean {
  return other !== undefined && URL.canParse(other) && new URL(url).origin === new URL(other).origin;
}
