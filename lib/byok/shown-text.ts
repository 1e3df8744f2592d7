/**
 * Text that is stored for people to read: names, descriptions, labels, addresses. Characters that nobody sees, or that turn round
 * what is seen, make one text look like another, on a screen, in a terminal and in an export.
 */
import { hiddenProblem } from './visible-text.ts';
import * as z from './zod-config.ts';

type Bounds = { min?: readonly [least: number, message: string]; max: readonly [most: number, message: string] };

/** A schema of such text: trimmed, and refused with a sentence that names the character. */
export function shownText({ min, max }: Bounds) {
  return z
    .string()
    .trim()
    .superRefine((text, check) => {
      const message = hiddenProblem(text);
      if (message) check.addIssue({ code: 'custom', message });
    })
    .min(min?.[0] ?? 0, { error: min?.[1] })
    .max(max[0], { error: max[1] })
    .meta({ shown: true });
}
