/** Names of things, as search and page titles show them: plain data, safe to send to whoever may call the operation. */

/** What has a page of its own, and a name that its page's title says. */
export const namedKinds = ['tenant', 'key', 'app'] as const;
export type NamedKind = (typeof namedKinds)[number];

export type FoundName = {
  kind: 'tenant' | 'key' | 'app' | 'bot';
  id: string;
  name: string;
  /** What tells it from others of a like name: the reference of a tenant or app, the description of a key. May be empty. */
  detail: string;
};
