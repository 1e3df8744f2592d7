import type { SelectableApp } from '#lib/byok/setup-views.ts';

/** Which apps and bots are chosen: a set of IDs, so that ten thousand of them stay quick to change. */
export type Selection = ReadonlySet<string>;

export type AppFilter = { search: string; kind: 'all' | 'app' | 'bot' };

export type HeaderState = 'all' | 'some' | 'none';

/** What is saved: the short way of saying it, so that "all" stays a word and not ten thousand IDs. */
export type SavedSelection = { mode: 'all' } | { mode: 'only' | 'all-except'; ids: string[] };

export function initialSelection(apps: readonly SelectableApp[]): Selection {
  return new Set(apps.filter((app) => app.selected && isSelectable(app)).map((app) => app.id));
}

/** An app is protected by one key at a time; one of another key's is shown, and cannot be taken from here. */
export function isSelectable(app: SelectableApp): boolean {
  return app.takenBy === null;
}

export function matchingApps(apps: readonly SelectableApp[], filter: AppFilter): SelectableApp[] {
  const wanted = filter.search.trim().toLocaleLowerCase('en');
  return apps.filter(
    (app) =>
      (filter.kind === 'all' || app.kind === filter.kind) &&
      (wanted === '' || app.name.toLocaleLowerCase('en').includes(wanted)),
  );
}

/** Adds or removes all of the given apps that can be chosen; what is chosen elsewhere stays as it is. */
export function withApps(selection: Selection, apps: readonly SelectableApp[], chosen: boolean): Selection {
  const next = new Set(selection);
  for (const app of apps) {
    if (!isSelectable(app)) continue;
    if (chosen) next.add(app.id);
    else next.delete(app.id);
  }
  return next;
}

export function headerState(apps: readonly SelectableApp[], selection: Selection): HeaderState {
  const selectable = apps.filter(isSelectable);
  const chosen = selectable.filter((app) => selection.has(app.id)).length;
  if (chosen === 0) return 'none';
  return chosen === selectable.length ? 'all' : 'some';
}

/** Spoken of all apps, so that one of another key's is always among what is left out. */
export function toSaved(apps: readonly SelectableApp[], selection: Selection): SavedSelection {
  const chosen = apps.filter((app) => isSelectable(app) && selection.has(app.id)).map((app) => app.id);
  if (chosen.length === apps.length) return { mode: 'all' };
  if (chosen.length <= apps.length / 2) return { mode: 'only', ids: chosen };
  const inside = new Set(chosen);
  return { mode: 'all-except', ids: apps.filter((app) => !inside.has(app.id)).map((app) => app.id) };
}

export function sameSelection(left: Selection, right: Selection): boolean {
  return left.size === right.size && [...left].every((id) => right.has(id));
}
