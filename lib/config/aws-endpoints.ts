/**
 * The AWS SDK's own variables that lead it elsewhere than to AWS:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * They are the only way in which Keyward is pointed at anything else, and never an unnoticed one.
 */
import type { ConfigProblem, Environment } from './environment.ts';

export interface EndpointOverride {
  /** `KMS`, `STS`, any other service's name, or `every service`. */
  service: string;
  url: string;
}

const prefix = 'AWS_ENDPOINT_URL';

/** The overrides in effect, for the banner on pages and reports; empty when AWS itself is spoken to. */
export function awsEndpointOverrides(env: Environment = process.env): EndpointOverride[] {
  return overrides(env).map(({ name, url }) => ({
    service: name === prefix ? 'every service' : name.slice(prefix.length + 1),
    url,
  }));
}

/** What is wrong with the overrides, given the endpoints that may be used (as `URL.href`). */
export function awsEndpointProblems(env: Environment, allowed: readonly string[]): ConfigProblem[] {
  return overrides(env).flatMap(({ name, url }) => {
    if (!URL.canParse(url)) return [{ name, problem: 'must be a URL' }];
    if (allowed.includes(new URL(url).href)) return [];
    return [{ name, problem: 'does not lead to AWS, and KEYWARD_ALLOWED_AWS_ENDPOINTS does not name it' }];
  });
}

function overrides(env: Environment): { name: string; url: string }[] {
  return Object.entries(env)
    .filter(([name, value]) => (name === prefix || name.startsWith(`${prefix}_`)) && value?.trim())
    .map(([name, value]) => ({ name, url: (value ?? '').trim() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where calls to this provider go instead of to itself; nothing where they do not. */
export function endpointOverridesOf(provider: string): EndpointOverride[] {
  return provider === 'aws' ? [...awsEndpointOverrides()] : [];
}
