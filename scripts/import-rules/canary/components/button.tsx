import { arn } from '../lib/byok/arn.ts'; // components-know-nothing-of-ours
export const button = arn;
