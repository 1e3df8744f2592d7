/** What a plain Node service uses; Next.js code imports the same from `server.ts`. */
export { dataKeyCheck, verifyDataKeyCheck } from './check-value.ts';
export { additionalData, assertContext, type EncryptionContext } from './context.ts';
export { DataKey } from './data-key.ts';
export { DataKeyCache, type DataKeyCacheStats } from './data-key-cache.ts';
export type { DataKeySource, Scope } from './data-key-source.ts';
export { EnvelopeError, type EnvelopeErrorCode } from './errors.ts';
export { ENVELOPE_OVERHEAD_BYTES, formatEnvelope, type ParsedEnvelope, parseEnvelope } from './format.ts';
export type { DataKeyRequest } from './key-loads.ts';
export { type OpenItem, type OpenResult, openItems } from './open.ts';
export { type SealItem, sealItems } from './seal.ts';
