import { z } from 'zod';
import type { HistoryChoice } from '../../byok/account-views.ts';
import { searchNames } from '../../db/history-names.ts';
import { type HistoryScope, listActors } from '../../db/history-store.ts';
import { namesOf } from '../../db/person-names.ts';

export const choicesInput = z.object({ of: z.enum(['people', 'keys', 'apps']), search: z.string().trim().max(200) });

const most = 100;
/** People have to be named before they can be searched; more of them than this no list holds. */
const mostPeople = 2_000;

/** By whom, which key or which app a history can be filtered: what has this in its name, a hundred at most. */
export async function historyChoices(
  scope: HistoryScope,
  { of, search }: z.output<typeof choicesInput>,
): Promise<HistoryChoice[]> {
  if (of !== 'people') return scope === 'vendor' ? [] : searchNames(scope.tenantId, of, search, most);
  const actors = await listActors(scope, mostPeople);
  const name = await namesOf(actors);
  const wanted = search.toLowerCase();
  return actors
    .map((actor) => ({ id: actor, name: name(actor) }))
    .filter((one) => one.name.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .slice(0, most);
}
