import { expect, it } from 'vitest';
import { createdKey } from './created-key-view.ts';

const sought = { location: 'eu-central-1', creationId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11', consoleUrl: '' };

it('leads to the keys that are there, and to the one that is known: never to making another', () => {
  const all = createdKey({ ...sought, keyRef: null });
  expect(all.consoleUrl).toBe('https://console.aws.amazon.com/kms/home?region=eu-central-1#/kms/keys');
  expect(all.command).toContain(sought.creationId);
  const id = '8cdca674-96a6-4a51-bd21-896541a2b840';
  const one = createdKey({ ...sought, keyRef: `arn:aws:kms:eu-central-1:111122223333:key/${id}` });
  expect(one.consoleUrl).toMatch(new RegExp(`^https://.*#/kms/keys/${id}`));
});
