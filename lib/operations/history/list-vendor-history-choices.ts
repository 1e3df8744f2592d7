import { operation } from '../operation.ts';
import { choicesInput, historyChoices } from './history-choices.ts';

/** Names to filter the vendor's history by: people and commands alone, since keys and apps are a tenant's. */
export const listVendorHistoryChoices = operation({
  name: 'list-vendor-history-choices',
  permission: 'vendor-history.read',
  input: choicesInput,
  run: (_context, input) => historyChoices('vendor', input),
});
