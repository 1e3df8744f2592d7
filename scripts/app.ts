/**
 * `npm run app -- create NAME --tenant REF [--ref REF] --kind app|bot [--json]`: an app or bot of a tenant. The same reference
 * again answers the same app.
 */
import { createApp } from '#lib/operations/apps/create-app.ts';
import { create } from './manage/create.ts';

await create({
  usage: 'npm run app -- create NAME --tenant REFERENCE [--ref REFERENCE] --kind app|bot [--json]',
  subject: { field: 'name', word: 'NAME' },
  flags: { tenant: 'tenantReference', ref: 'reference', kind: 'kind' },
  run: (caller, input) => createApp(caller, input as Parameters<typeof createApp>[1]),
  words: ({ appId, name, kind, reference, created }) => [
    created ? `The ${kind} ${name} is there now.` : `The ${kind} ${name} was there already. Nothing was changed.`,
    `  Reference  ${reference}`,
    `  ID         ${appId}`,
    ...(created
      ? ['Its data is under the platform key until an administrator of the tenant selects it for an enterprise key.']
      : []),
  ],
});
