/**
 * `npm run person -- create EMAIL --tenant REF --role admin|viewer [--json]`: an account of a tenant's, with a password to be used
 * once. It is printed here and nowhere else.
 */
import { createPerson } from '#lib/operations/tenants/create-person.ts';
import { create } from './manage/create.ts';

await create({
  usage: 'npm run person -- create EMAIL --tenant REFERENCE --role admin|viewer [--json]',
  subject: { field: 'email', word: 'EMAIL' },
  flags: { tenant: 'tenantReference', role: 'role' },
  run: (caller, input) => createPerson(caller, input as Parameters<typeof createPerson>[1]),
  words: ({ email, role, tenantName, oneTimePassword, passwordEndsAt }) => [
    `${email} is ${role === 'admin' ? 'an administrator' : 'a viewer'} of ${tenantName} now.`,
    `The password, to be used once and then changed: ${oneTimePassword}`,
    `It expires in 24 hours, at ${passwordEndsAt}.`,
  ],
});
