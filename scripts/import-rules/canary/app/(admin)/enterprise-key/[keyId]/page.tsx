import { roleArn } from '../../../../lib/byok/aws/role.ts'; // providers-in-their-own-folders
export const page = roleArn;
