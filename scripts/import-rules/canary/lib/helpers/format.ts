import { arn } from '../byok/arn.ts'; // lib-folder-without-a-layer
export const format = arn;
