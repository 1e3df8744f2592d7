/**
 * `npm run tenant -- create NAME --region R [--ref REF] [--region-rule refuse|warn] [--json]`: a new customer.
 */
import { createTenant } from '#lib/operations/tenants/create-tenant.ts';
import { create } from './manage/create.ts';

await create({
  usage: 'npm run tenant -- create NAME --region REGION [--ref REFERENCE] [--region-rule refuse|warn] [--json]',
  subject: { field: 'name', word: 'NAME' },
  flags: { region: 'homeRegion', ref: 'reference', 'region-rule': 'regionPolicy' },
  // The operation reads what was typed, and says what is wrong with it.
  run: (caller, input) => createTenant(caller, input as Parameters<typeof createTenant>[1]),
  words: ({ tenantId, name, reference, homeRegion, regionPolicy }) => [
    `${name} is a tenant now.`,
    `  Reference    ${reference}`,
    `  ID           ${tenantId}`,
    `  Home region  ${homeRegion}; a key elsewhere is ${regionPolicy === 'refuse' ? 'refused' : 'allowed with a warning'}`,
    `Next: npm run app -- create NAME --tenant ${reference} --kind app`,
    `      npm run person -- create EMAIL --tenant ${reference} --role admin`,
  ],
});
