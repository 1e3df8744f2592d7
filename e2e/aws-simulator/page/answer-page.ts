import { readFile } from 'node:fs/promises';
import { viewAccount, viewAllAccounts } from '../account-view.ts';
import type { Simulator } from '../simulator.ts';
import { isVendorAccount } from '../world-defaults.ts';
import { renderCalls } from './calls.ts';
import { renderPage } from './page.ts';

export interface PageAnswer {
  status: number;
  contentType: string;
  headers: Record<string, string>;
  body: string;
}

/** How many calls the page shows. */
const CALLS_SHOWN = 50;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The customer's page and its two files. The paths of the AWS console lead to the same page, which reads their hash. */
export async function answerPage({ world, calls }: Simulator, method: string, url: URL): Promise<PageAnswer> {
  if (method !== 'GET' && method !== 'HEAD') return answer(405, 'text/plain', 'Only GET.');
  const account = url.searchParams.get('account') ?? undefined;
  switch (url.pathname) {
    case '/':
    case '/iam/home':
    case '/kms/home':
    case '/cloudformation/home': {
      const accounts = viewAllAccounts(world);
      const chosen = account ?? accounts.find(({ accountId }) => !isVendorAccount(accountId))?.accountId;
      const view = chosen === undefined ? undefined : viewAccount(world, chosen);
      const log = calls.list(chosen === undefined ? {} : { accountId: chosen }).slice(-CALLS_SHOWN);
      return answer(
        200,
        'text/html',
        renderPage({
          accounts,
          view,
          log,
          missing: account !== undefined && !view,
          stacks: url.pathname.startsWith('/cloudformation/'),
        }).text,
      );
    }
    case '/calls':
      return answer(
        200,
        'text/html',
        renderCalls(calls.list(account ? { accountId: account } : {}).slice(-CALLS_SHOWN)).text,
      );
    case '/console.js':
      return answer(200, 'text/javascript', await readFile(new URL('./console.js', import.meta.url), 'utf8'));
    case '/console.css':
      return answer(200, 'text/css', await readFile(new URL('./console.css', import.meta.url), 'utf8'));
    default:
      return answer(404, 'text/plain', 'There is nothing here.');
  }
}

function answer(status: number, contentType: string, body: string): PageAnswer {
  return { status, contentType, headers: HEADERS, body };
}
