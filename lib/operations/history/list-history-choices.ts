import { operation } from '../operation.ts';
import { choicesInput, historyChoices } from './history-choices.ts';

/** Names to filter the tenant's history by. */
export const listHistoryChoices = operation({
  name: 'list-history-choices',
  permission: 'history.read',
  input: choicesInput,
  run: ({ tenantId }, input) => historyChoices({ tenantId }, input),
});
