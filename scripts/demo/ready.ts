import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seeded } from './seed.ts';

export interface Ready extends Seeded {
  url: string;
  /** Where /api/v1 is served by itself, with streams and leases. */
  dataPlaneUrl: string;
  /** Unset where the caller's own AWS is used. */
  simulatorUrl?: string;
  password: string;
}

/** What is printed when everything runs. The first line's words are what other programs wait for. */
export function readyMessage({
  url,
  dataPlaneUrl,
  simulatorUrl,
  password,
  accounts,
  tokens,
  readyAccount,
}: Ready): string {
  return [
    '',
    `Keyward is ready: ${url}`,
    '',
    `Accounts, each with the password ${password}`,
    ...accounts.map((account) => `  ${account}`),
    '',
    `Bearer tokens for /api/v1, here and at the data plane (${dataPlaneUrl}), new at each start`,
    ...tokens.map(({ tenant, token }) => `  ${tenant}: ${token}`),
    ...(simulatorUrl ? ['', `The customer's AWS, simulated: ${simulatorUrl}`] : []),
    ...(readyAccount
      ? [
          `  Role  ${readyAccount.roleArn}`,
          `  Key   ${readyAccount.keyArn}`,
          `  Alias ${readyAccount.aliasArn}`,
          "  Their policies still lack Keyward's external ID. Applying the ones that Keyward shows is part of the story.",
        ]
      : []),
    '',
    'The story',
    `  1. Sign in as ${accounts[0] ?? 'the administrator'}.`,
    `  2. Create an enterprise key from ${simulatorUrl ? 'the role and the key above' : 'a role and a key in your AWS account'}.`,
    `  3. Apply the policies that Keyward shows${simulatorUrl ? ` at ${simulatorUrl}` : ' in your AWS account'}, test, choose apps, proceed.`,
    "  4. Disable the key there: within the cache time, the chosen apps' data becomes unreadable, and the console says why.",
    '  5. Enable it again: the data becomes readable.',
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}

const fileName = 'ready.json';

/** The same for programs; readable by the owner only, and gone when the demo ends. */
export function writeReady(folder: string, ready: Ready): void {
  writeFileSync(join(folder, fileName), JSON.stringify(ready, null, 2), { mode: 0o600 });
}

export function removeReady(folder: string): void {
  rmSync(join(folder, fileName), { force: true });
}
