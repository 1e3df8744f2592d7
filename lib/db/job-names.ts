/** Every job by its name, with what it is told. Workers are in lib/jobs; operations only enqueue. */
export type Jobs = { 'run-move': { moveId: string } };

/** The queues that a migration makes, as the owner of their tables. */
export const jobNames = ['run-move'] as const satisfies (keyof Jobs)[];
