import { operation } from '../operation.ts';
import { historyInput, historyPage } from './history-page.ts';

/** What happened in the tenant, newest first, a page at a time. */
export const listHistory = operation({
  name: 'list-history',
  permission: 'history.read',
  input: historyInput,
  run: ({ tenantId }, input) => historyPage({ tenantId }, input),
});
