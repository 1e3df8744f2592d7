import { capital, providerWords, serviceName } from '#lib/byok/providers.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';

/** Who has to do something about a tenant, in a word. */
export function moverOf({ whoseMove, provider }: Pick<TenantRow, 'whoseMove' | 'provider'>): string {
  switch (whoseMove) {
    case 'customer':
      return 'Customer';
    case 'provider':
      return capital(serviceName(provider ?? ''));
    case 'us':
      return 'Us';
    case 'none':
      return 'None';
  }
}

/** The same, with what there is to do. */
export function nextStepOf(row: Pick<TenantRow, 'whoseMove' | 'provider'>): string {
  switch (row.whoseMove) {
    case 'customer':
      return `Customer: only the customer can fix it, in ${providerWords(row.provider ?? '').theirPlace} or in Keyward.`;
    case 'provider':
      return `${moverOf(row)}: an outage. Wait, and tell the customer that no data is lost.`;
    case 'us':
      return 'Vendor: hand it to the operator.';
    case 'none':
      return 'None: no action needed.';
  }
}
