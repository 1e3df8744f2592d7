import { people } from '../../../../lib/auth/people.ts'; // routes-ask-operations
export const GET = () => people;
