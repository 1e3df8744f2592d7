import { randomUUID } from 'node:crypto'; // byok-is-pure
export const arn = randomUUID();
