import type { Argument, ArgumentsOf, Message } from '../../messages/message.ts';
import { denials } from './denials.ts';
import { details } from './details.ts';
import { doing } from './doing.ts';
import { findings } from './findings.ts';
import { remedies } from './remedies.ts';

/** What is said of checks and steps in AWS. A code that was stored once stays, and so do the names of its arguments. */
export const awsMessages = { ...doing, ...findings, ...details, ...denials, ...remedies };

type Codes = typeof awsMessages;

export function awsMessage<C extends keyof Codes>(code: C, ...[args]: ArgumentsOf<Codes[C]>): Message {
  return { code: `aws/${code}`, args: (args ?? {}) as Record<string, Argument> };
}
