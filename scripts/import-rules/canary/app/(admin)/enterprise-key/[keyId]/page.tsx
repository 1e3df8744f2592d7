import { roleArn } from '../../../../lib/byok/aws/role.ts'; // providers-in-their-own-folders
import { store } from '../../../../lib/db/store.ts'; // screens-ask-operations
import { guide } from '../_setup/aws/guide.ts'; // screens-of-a-provider-in-their-own-folders
import { words } from '../_setup/words.ts';
export const page = [roleArn, store, guide, words];
