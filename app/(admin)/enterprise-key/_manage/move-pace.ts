import type { MoveView } from '#lib/byok/views.ts';

/** What each phase of an activation does, in the order in which they come. */
export const phaseWords = {
  testing: 'Testing the configuration once more, before anything moves.',
  switching: 'Making a fresh data key under your key for each app and bot; new data uses it from the next write on.',
  rewrapping: 'Moving the older data keys under your key.',
  reencrypting: 'Re-encrypting what was stored before under the fresh data keys.',
  done: 'Everything has moved.',
} as const satisfies Record<MoveView['phase'], string>;

/**
 * Records re-encrypted each second since the activation began, as last seen at `seenAt` (milliseconds), or null while
 * there is nothing to measure yet.
 */
export function recordsPerSecond(move: MoveView, seenAt: number): number | null {
  if (!move.startedAt || move.recordsDone === 0 || move.phase !== 'reencrypting') return null;
  const seconds = (seenAt - Date.parse(move.startedAt)) / 1000;
  return seconds < 1 ? null : Math.round(move.recordsDone / seconds);
}
