/** Whoever acts, as what they did is stored with them. */
import type { Actor } from '../auth/identify.ts';
import { personWho } from '../byok/who.ts';

export function whoIs(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'person':
      return personWho(actor.id);
    case 'token':
      return `token ${actor.hint}`;
    case 'command-line':
      return `command line (${actor.user})`;
  }
}

export function roleOf(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'none';
    case 'person':
      return actor.role;
    case 'token':
      return 'service';
    case 'command-line':
      return 'operator';
  }
}
