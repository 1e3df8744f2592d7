import { expect } from 'vitest';
import type { Consequences } from '../consequence-sheet.tsx';

/** A sheet is read in one go: at most three points, and 80 words with title, field and buttons. @returns all that it says */
export function expectShort({ points, details }: Consequences): string {
  // "Make every enterprise key of Acme irreversible?", "Type Acme to confirm", "Cancel", "Make Irreversible".
  const around = 17;
  expect(points.length).toBeLessThanOrEqual(3);
  expect(points.join(' ').split(/\s+/).length + around).toBeLessThanOrEqual(80);
  return [...points, ...details.map(({ label, text }) => `${label}: ${text}`)].join('\n');
}
