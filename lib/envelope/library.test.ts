import { expect, test } from 'vitest';
import * as library from './library.ts';
import * as server from './server.ts';

test('Next.js code and a plain Node service get the same names', () => {
  expect(Object.keys(server).sort()).toEqual(Object.keys(library).sort());
  expect(Object.keys(library)).toContain('sealItems');
});
