import 'server-only';
import { type ErrorCode, errorWords } from '../byok/errors.ts';
import * as z from '../byok/zod-config.ts';
import { maxItems } from '../operations/data/items.ts';
import { maxLeasedMessages } from '../operations/data/lease-data-key.ts';

/** What goes in and out, for the interface's description. What a request really is, the operations judge: item by item. */
const codes = Object.keys(errorWords) as [ErrorCode, ...ErrorCode[]];
const context = z
  .record(z.string(), z.string())
  .describe('Describes the item: at most 32 pairs and 8 KiB. Authenticated, but not stored with it.');
const stale = z.literal(true).optional().describe('Sealed under a data key that will be replaced. Seal it again soon.');
const refusedItem = z.object({ error: z.object({ code: z.enum(codes) }) });
const base64 = (what: string) => z.base64().describe(what);
const batch = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item).min(1).max(maxItems) });

export const schemas = {
  EncryptRequest: batch(z.object({ plaintext: base64('At most 1 MiB.'), context: context.optional() })),
  EncryptAnswer: batch(z.union([z.object({ envelope: base64('Store it as it is.'), stale }), refusedItem])),
  DecryptRequest: batch(z.object({ envelope: base64('As it was answered.'), context: context.optional() })),
  DecryptAnswer: batch(z.union([z.object({ plaintext: base64('What was sealed.'), stale }), refusedItem])),
  LeaseRequest: z.object({
    dataKeyId: z.uuid().optional().describe('Absent: the app’s current data key.'),
    messages: z.int().min(0).max(maxLeasedMessages).optional().describe('How many you may seal; 65536 where absent.'),
  }),
  LeaseAnswer: z.object({
    dataKeyId: z.uuid(),
    tenantId: z.uuid(),
    appId: z.uuid(),
    key: base64('The data key: 32 bytes.'),
    check: base64('Commits to the key; compare it.'),
    leaseSeconds: z.int().min(0).describe('Counted from your request. 0: only for the call that is waiting.'),
    messages: z.int().min(0),
    stale,
  }),
  Health: z.object({ status: z.enum(['ok', 'unavailable', 'draining']), version: z.string() }),
  Live: z.object({ status: z.literal('ok'), version: z.string() }),
  Refusal: z.object({
    error: z.object({
      code: z.enum(codes),
      message: z.string(),
      next: z.string().describe('The one next step.'),
      requestId: z.uuid(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  }),
} as const satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof schemas;
