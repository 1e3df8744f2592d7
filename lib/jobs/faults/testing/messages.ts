/** What the processes of a fault test say to each other, as JSON over Node's own channel. */

/** An envelope that left through the encrypt operation: it must open for ever. `text` and `n` are what it holds and its context. */
export type Sealed = { appId: string; envelope: string; text: string; n: string };

/** What an application process is to work on, as JSON in its first argument. */
export type AppOrders = {
  tenantId: string;
  appIds: string[];
  /** A service's token and administrators' sessions of this tenant. */
  bearer: string;
  sessionId: string;
  /** Envelopes of others to read from the start. */
  known: Sealed[];
};

/** `refused`: an error that a service of the vendor's or a person would have seen. */
export type Said =
  | { say: 'running' }
  | { say: 'sealed'; items: Sealed[] }
  | { say: 'stored'; ids: string[] }
  | { say: 'read'; count: number }
  | { say: 'refused'; what: Act; code: string; detail: string }
  | { say: 'ended' };

export type Act = 'encrypt' | 'decrypt' | 'store' | 'open' | 'show';

export const contextOf = ({ n }: { n: string }): Record<string, string> => ({ n });
export const textOf = (recordId: string): string => `message ${recordId}`;
