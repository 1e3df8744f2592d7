/**
 * The vendor's own names for its tenants and their apps: what its systems call them, kept as given and compared letter by
 * letter. They stand in commands and addresses, so they have no spaces and nothing that a shell or a URL reads otherwise.
 */
import * as z from './zod-config.ts';

export const referenceLength = 100;

export const reference = z
  .string()
  .trim()
  .min(1, 'Enter a reference.')
  .max(referenceLength, `Use at most ${referenceLength} characters.`)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'Use letters, digits and . _ : - only. Begin with a letter or digit.');

/** Left out or empty: made of the name. */
export const optionalReference = z.union([z.literal('').transform(() => undefined), reference]).optional();
