import { operation } from '../operation.ts';
import { historyInput, historyPage } from './history-page.ts';

/**
 * What the vendor's own people and commands have done, and what belongs to no tenant: sign-ins of vendor people, tries with
 * addresses that nobody has, tokens, tenants. Newest first, a page at a time.
 */
export const listVendorHistory = operation({
  name: 'list-vendor-history',
  permission: 'vendor-history.read',
  input: historyInput,
  run: (_context, input) => historyPage('vendor', input),
});
