import { countOf, formatCount } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';

const named = 10;

/** "Claims, Lobby kiosk and 12 more"; "none" where there is none. */
export function namesOf(apps: readonly { name: string }[]): string {
  const names = apps.slice(0, named).map(({ name }) => name);
  const more = apps.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${formatCount(more)} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'none');
}

/** "11 apps and bots: Claims, …" */
export function countedNames(apps: readonly { name: string }[]): string {
  return apps.length === 0 ? 'None' : `${appsAndBots(apps.length)}: ${namesOf(apps)}`;
}

/** "1 app or bot", "11 apps and bots". */
export function appsAndBots(count: number): string {
  return countOf(count, 'app or bot', 'apps and bots');
}

/** Those whose new data is encrypted under this key. */
export function appsUnder(view: Pick<KeyPageView, 'id' | 'apps'>): { name: string }[] {
  return view.apps.filter(({ protectedBy }) => protectedBy.kind === 'version' && protectedBy.keyId === view.id);
}
