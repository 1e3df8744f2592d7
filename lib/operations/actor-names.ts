/** What the history calls whoever acts. */
import type { Actor } from '../auth/identify.ts';

export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'person':
      return actor.email;
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
