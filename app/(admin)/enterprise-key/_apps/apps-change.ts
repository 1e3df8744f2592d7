import type { SelectableApp } from '#lib/byok/setup-views.ts';
import type { Selection } from '../_shared/apps-choice/apps-selection.ts';

export type AppsChange = { added: SelectableApp[]; removed: SelectableApp[] };

/** What a new choice adds to the present one and takes from it, in the order of the table. */
export function appsChange(apps: readonly SelectableApp[], present: Selection, chosen: Selection): AppsChange {
  return {
    added: apps.filter(({ id }) => chosen.has(id) && !present.has(id)),
    removed: apps.filter(({ id }) => present.has(id) && !chosen.has(id)),
  };
}
