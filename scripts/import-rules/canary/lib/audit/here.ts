import { there } from './there.ts'; // no-circular
export const here = (): unknown => there;
