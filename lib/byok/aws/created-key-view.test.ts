import { expect, it } from 'vitest';
import { createdKey, keyPage } from './created-key-view.ts';

const sought = { location: 'eu-central-1', creationId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11', consoleUrl: '' };

it('leads to the keys that are there, and to the one that is known: never to making another', () => {
  const all = createdKey({ ...sought, keyRef: null });
  expect(all.consoleUrl).toBe('https://console.aws.amazon.com/kms/home?region=eu-central-1#/kms/keys');
  expect(all.command).toContain(sought.creationId);
  const id = '8cdca674-96a6-4a51-bd21-896541a2b840';
  const one = createdKey({ ...sought, keyRef: `arn:aws:kms:eu-central-1:111122223333:key/${id}` });
  expect(one.consoleUrl).toMatch(new RegExp(`^https://.*#/kms/keys/${id}`));
});

it('leads to the page of a key by its own name, in the console of its partition, and nowhere by what is no key', () => {
  const id = '8cdca674-96a6-4a51-bd21-896541a2b840';
  const page = (keyRef: string, consoleUrl = '') => keyPage({ keyRef, consoleUrl });
  expect(page(`arn:aws:kms:eu-central-1:111122223333:key/${id}`)).toBe(
    `https://console.aws.amazon.com/kms/home?region=eu-central-1#/kms/keys/${id}`,
  );
  expect(page(`arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/${id}`)).toMatch(
    /^https:\/\/console\.amazonaws-us-gov/,
  );
  expect(page(`arn:aws:kms:eu-central-1:111122223333:key/${id}`, 'http://127.0.0.1:1')).toMatch(/^http:\/\/127/);
  expect(page('')).toBeUndefined();
});
