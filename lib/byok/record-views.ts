/** What is shown of stored records that were opened: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */
import type { ErrorCode } from './errors.ts';
import type { HealthView } from './key-views.ts';

export type ValidationView = {
  at: string;
  apps: {
    appId: string;
    name: string;
    kind: 'app' | 'bot';
    protectedBy: string;
    /** What came of its current data key: its key service unwrapped it, did not, or the app has none of its own yet. */
    dataKey: 'unwrapped' | 'not-unwrapped' | 'none';
    tried: number;
    opened: number;
    failure: { code: ErrorCode; detail: string } | null;
    providerRequestIds: string[];
    durationMs: number;
  }[];
  health: HealthView | null;
};

export type OpenedRecord = { id: string; createdAt: string; plaintext: string };
