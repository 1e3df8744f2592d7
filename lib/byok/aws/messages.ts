import type { Sentences } from '../messages/message.ts';

export const awsMessages = {} satisfies Sentences;
