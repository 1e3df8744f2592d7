/** Every job by its name, with what it is told. Workers are in lib/jobs; operations only enqueue. */
export type Jobs = { 'activate-key': { activationId: string } };

/** The queues that a migration makes, as the owner of their tables. */
export const jobNames = ['activate-key'] as const satisfies (keyof Jobs)[];
