import type { Browser, Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { signIn } from './sign-in.ts';

/** The demo's people, by what they come for. */
export const people = {
  admin: 'admin@acme.example',
  viewer: 'viewer@acme.example',
  otherAdmin: 'admin@globex.example',
  support: 'support@vendor.example',
  operator: 'operator@vendor.example',
} as const;

export type Person = keyof typeof people;

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;
const signedIn = new Map<string, Cookies>();

/** A window of its own in which somebody is signed in: through the sign-in page the first time, by that session after it. */
export async function openAs(browser: Browser, demo: Demo, person: Person): Promise<Page> {
  const known = signedIn.get(`${demo.url} ${person}`);
  const context = await browser.newContext({ baseURL: demo.url, ...(known ? { storageState: known } : {}) });
  const page = await context.newPage();
  if (!known) {
    await signIn(page, demo, people[person]);
    signedIn.set(`${demo.url} ${person}`, await context.storageState());
  }
  return page;
}
