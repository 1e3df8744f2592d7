import 'server-only';
import { cache } from 'react';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readMe } from '#lib/operations/account/read-me.ts';

/** Who is signed in, asked once per request however many parts of the page want to know. */
export const currentMe = cache(async () => readMe(await currentCaller(), {}));
