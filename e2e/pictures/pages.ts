/** Every page of the application, read from its folder: one that is new is walked too, or it is asked for what it needs. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { segmentOf, steps } from '../../app/(admin)/enterprise-key/_setup/steps.ts';
import type { Person } from '../tasks/people.ts';

const appFolder = join(import.meta.dirname, '..', '..', 'app');

/** What stands in the addresses of a tenant's things. */
export type World = { tenantId: string; keyId: string; draftId: string; appId: string };

export type PageToSee = {
  /** The address as the application's folder has it. */
  screen: string;
  path: (world: World) => string;
  /** Nobody: it is for people who are not signed in. */
  person: Person | 'nobody';
  /** Whether anything on it is of a tenant, and so differs while a key of the tenant's is revoked. */
  ofTenant: boolean;
};

/** They lead to another page and show nothing of their own. */
const leadElsewhere = ['/', '/enterprise-key/[keyId]/setup'];

export const pages: readonly PageToSee[] = readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|\/)page\.tsx$/.test(path))
  .map((path) => dirname(path).replaceAll('\\', '/').replace(/^\.$/, ''))
  .sort()
  .flatMap(pagesOf);

function pagesOf(folder: string): PageToSee[] {
  const screen = `/${folder}`.replace(/\/\([^)]+\)/g, '') || '/';
  if (leadElsewhere.includes(screen)) return [];
  const isOfTenant = folder.startsWith('(admin)') || screen === '/tenants' || screen === '/tenants/[tenantId]';
  const given = { person: personFor(folder, screen), ofTenant: isOfTenant };
  // Each step of the wizard is a screen.
  if (screen.includes('[step]'))
    return steps.map((step) => pageAt(screen.replace('[step]', segmentOf(step, 'aws')), given, { keyId: 'draftId' }));
  return [pageAt(screen, given, {})];
}

function personFor(folder: string, screen: string): PageToSee['person'] {
  if (folder.startsWith('(auth)')) return 'nobody';
  if (!folder.startsWith('(support)')) return 'admin';
  return /^\/tenants(\/\[tenantId\])?$/.test(screen) ? 'support' : 'operator';
}

/** @param instead names that stand for another thing here: the wizard's key is a draft */
function pageAt(
  screen: string,
  given: Pick<PageToSee, 'person' | 'ofTenant'>,
  instead: Readonly<Record<string, keyof World>>,
): PageToSee {
  return {
    screen,
    ...given,
    path: (world) =>
      screen.replace(/\[(\w+)\]/g, (_, name: string) => {
        const value = world[instead[name] ?? (name as keyof World)];
        if (!value) throw new Error(`Say in e2e/pictures/pages.ts what [${name}] of ${screen} is.`);
        return value;
      }),
  };
}
