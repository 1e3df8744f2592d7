import { visible } from '#lib/byok/visible-text.ts';
import { act, countIn, type Entry, entered, named, type Piece, say, type Told, textIn, valueIn } from './sentence.ts';

/** People, tenants, tokens, and the rules of a tenant. */
export const peopleSentences = {
  'sign-in': {
    did: ({ event: { after } }) =>
      textIn(after, 'browser') === 'new' ? ['signed in from a new browser'] : ['signed in'],
    tries: () => ['sign in'],
  },
  'sign-out': { did: () => ['signed out'], tries: () => ['sign out'] },
  'change-password': { did: () => ['changed their password'], tries: () => ['change their password'] },
  'create-operator': {
    did: ({ event: { target } }) =>
      say`created the operator ${target ? { name: visible(target) } : 'of an installation'}`,
    tries: () => ['create an operator'],
  },
  'create-person': {
    did: ({ event: { after } }) => say`created an account for ${entered(after, 'email', 'somebody')}${roleIn(after)}`,
    tries: () => ['create an account'],
  },
  'create-tenant': {
    did: (told) => say`created the tenant ${entered(told.event.after, 'name', 'of this history')}`,
    tries: () => ['create a tenant'],
  },
  'read-tenant': { did: (told) => say`viewed ${theTenant(told)}`, tries: (told) => say`view ${theTenant(told)}` },
  'create-token': {
    did: ({ event: { after } }) => {
      const actions = valueIn(after, 'actions');
      const may = Array.isArray(actions) && actions.length > 0 ? ` to ${actions.join(', ')}` : '';
      return say`created the token ${entered(after, 'name', 'of a service')}${may}`;
    },
    tries: () => ['create a token'],
  },
  'revoke-token': {
    did: ({ event: { before } }) => say`revoked the token ${entered(before, 'name', 'of a service')}`,
    tries: (told) => say`revoke ${named(told.event.target, 'token', told)}`,
  },
  'set-region-rule': {
    did: ({ event: { before, after } }) => say`changed the region rule from ${ruleIn(before)} to ${ruleIn(after)}`,
    tries: () => ['change the region rule'],
  },
  'set-cache-time': {
    did: ({ event: { before, after } }) => {
      const [was, is] = [before, after].map((recorded) => countIn(recorded, 'cacheTtlSeconds'));
      return [`changed the data key cache time from ${was ?? 0} s to ${is ?? 0} s`];
    },
    tries: () => ['change the data key cache time'],
  },
} as const satisfies Record<string, Entry>;

/** What is only looked at leaves an event where it was not allowed. */
export const readSentences = {
  'list-apps': look('the list of apps and bots'),
  'list-enterprise-keys': look('the list of keys'),
  'list-history': look('the history'),
  'list-history-choices': look('the history'),
  'list-key-creations': look('the keys that Keyward created'),
  'list-selectable-apps': look('the list of apps and bots'),
  'list-tenants': look('the list of tenants'),
  'list-tokens': look('the list of tokens'),
  'list-vendor-history': look('the vendor’s history'),
  'list-vendor-history-choices': look('the vendor’s history'),
  'plan-assignment': look('what another key for an app would change'),
  'plan-change': look('what a change would move'),
  'read-app': look('an app'),
  'read-enterprise-key': look('a key'),
  'read-hand-over': look('the file for administrators'),
  'read-health': look('the health of Keyward'),
  'find-by-name': look('what is called by a name'),
  'read-me': look('their own account'),
  'read-name': look('what something is called'),
  'read-set-up-values': look('the values of a set-up'),
  'read-setup': look('a set-up'),
} as const satisfies Record<string, Entry>;

function look(what: string): Entry {
  return act('viewed', 'view', () => [what]);
}

/** A tenant's own history is read by its people, the vendor's by those who look at many. */
function theTenant(told: Told): Piece {
  const { tenantName, target } = told.event;
  if (tenantName) return { name: visible(tenantName) };
  return target === null || told.names[target] ? 'this tenant' : named(target, 'tenant', told);
}

function roleIn(after: unknown): string {
  const role = textIn(after, 'role');
  if (role === undefined) return '';
  return role === 'admin' ? ' as administrator' : ` as ${role}`;
}

function ruleIn(recorded: unknown): string {
  const rule = textIn(recorded, 'regionPolicy') ?? '';
  return rule === 'warn' ? 'Warn' : rule === 'refuse' ? 'Refuse' : rule || 'none';
}
