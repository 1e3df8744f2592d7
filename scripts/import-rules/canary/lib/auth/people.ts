import { PrismaPg } from '@prisma/adapter-pg'; // prisma-in-db-only
import { PgBoss } from 'pg-boss'; // job-library-in-db-and-jobs-only
export const people = [PrismaPg, PgBoss];
