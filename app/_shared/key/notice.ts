import type { Command } from '#lib/byok/lifecycle.ts';
import type { Tone } from './protection.ts';

/** One thing to know and what to do about it. */
export type Notice = {
  id:
    | 'unknown-connection'
    | 'failed'
    | 'incomplete'
    | 'paused'
    | 'under-way'
    | 'reverted'
    | 'prepared'
    | `unreadable-${number}`
    | 'unchecked'
    | 'revoked'
    | 'outage'
    | 'degraded'
    | 'alias'
    | 'draft'
    | 'scheduled'
    | 'working-copy'
    | 'retire'
    | 'expires'
    | 'backups'
    | 'prove'
    | 'none';
  tone: Exclude<Tone, 'idle'>;
  title: string;
  /** Sentences: the cause first, then what follows from it, then the one next step. */
  sentences: string[];
  /** An instant to be shown as "in 3 days" behind the title. */
  when?: string;
  /** The day of a fact that asks for nothing now. */
  day?: string;
  /** What can be done about it on the spot. */
  act?: 'validate';
  /** `command`: only who may give it, and only where it is allowed, can follow the link. */
  link?: { label: string; href: string; command?: Command };
};
