import { job } from '../jobs/job.ts'; // one-way-operations
export const read = job;
