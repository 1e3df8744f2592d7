import 'server-only';
import { StatusShape } from '#components/ui/badge.tsx';
import { awsEndpointOverrides, type EndpointOverride } from '#lib/config/aws-endpoints.ts';
import { getConfig } from '#lib/config/config.ts';
import { isSimulated } from './simulated.ts';

/** On every page while calls to AWS go anywhere but to AWS: nobody is to take a simulation for the real thing. */
export function AwsBanner() {
  const overrides = awsEndpointOverrides();
  if (overrides.length === 0) return null;
  const simulated = isSimulated(overrides, getConfig());
  return (
    <aside
      aria-label="Where calls to AWS go"
      className="flex min-h-(--banner-height) items-center justify-center gap-2 border-line border-b bg-warn-bg px-2 py-1.5 text-center text-xs sm:px-4 sm:text-[0.8125rem]"
      data-aws-banner
    >
      <span className="text-warn">
        <StatusShape className="inline size-2.5" tone="warn" />
      </span>
      <p className="wrap-anywhere min-w-0">
        {/* On narrow screens in two lines, whichever font is there already: what is below must not move. */}
        <strong className="block font-semibold sm:inline">
          {simulated ? 'AWS is simulated:' : 'An AWS endpoint override is in effect:'}
        </strong>{' '}
        calls go to {destinations(overrides)}.
      </p>
    </aside>
  );
}

/** "http://a for KMS, http://b for STS", or the one address that all of them share. */
function destinations(overrides: readonly EndpointOverride[]): string {
  const urls = new Set(overrides.map(({ url }) => url));
  if (urls.size === 1) return [...urls].join('');
  return overrides.map(({ service, url }) => `${url} for ${service}`).join(', ');
}
