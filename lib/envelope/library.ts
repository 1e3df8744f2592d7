/** What a plain Node service uses (README.md, LIBRARY.md); Next.js code imports the same from `server.ts`. */
export { dataKeyCheck, verifyDataKeyCheck } from './check-value.ts';
export { additionalData, assertContext, type EncryptionContext } from './context.ts';
export { DataKey } from './data-key.ts';
export { DataKeyCache, type DataKeyCacheStats } from './data-key-cache.ts';
export type { DataKeySource, Scope } from './data-key-source.ts';
export { type ClosableSource, createEnvelopes, type Envelopes } from './envelopes.ts';
export { EnvelopeError, type EnvelopeErrorCode } from './errors.ts';
export { ENVELOPE_OVERHEAD_BYTES, formatEnvelope, type ParsedEnvelope, parseEnvelope } from './format.ts';
export { type LeasedKeys, type LeasedKeysOptions, leasedKeys } from './http-source.ts';
export type { DataKeyRequest } from './key-loads.ts';
export {
  type DataKeyStore,
  type KeyWrapper,
  type WrappedDataKey,
  type WrappedKeys,
  type WrappedKeysOptions,
  wrappedKeys,
} from './kms-source.ts';
export { type OpenItem, type OpenResult, openItems } from './open.ts';
export { type SealItem, sealItems } from './seal.ts';
export { openStream, sealStream } from './stream.ts';
export { SEGMENT_BYTES, STREAM_HEADER_BYTES, STREAM_VERSION, sealedStreamBytes } from './stream-format.ts';
export { type BytesThrough, openWebStream, sealWebStream } from './stream-web.ts';
