export const job = 'job';
