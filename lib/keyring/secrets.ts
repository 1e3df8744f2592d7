import 'server-only';
import { randomUUID } from 'node:crypto';
import { findSecret, type SecretRow } from '../db/secret-store.ts';
import { DataKey } from '../envelope/data-key.ts';
import { parseEnvelope } from '../envelope/format.ts';
import { platformKey } from './platform-key.ts';

/**
 * Seals the secret half of an access key under a data key of its own, which the platform key wraps, and opens it again
 * before anybody relies on it. Network work: done before the transaction that stores the row.
 * @param text never in a log, an error, an audit event or an answer
 * @returns the row to store; its ID is random and says nothing of the secret
 * @throws KmsError of the platform key
 */
export async function sealSecret(tenantId: string, text: string, createdBy: string): Promise<SecretRow> {
  const id = randomUUID();
  const platform = await platformKey();
  const generated = await platform.generateDataKey({ tenantId, appId: id });
  const key = keyOf(id, tenantId, generated.plaintext);
  try {
    const envelope = key.seal(Buffer.from(text, 'utf8'), contextOf(id));
    const row = { id, tenantId, wrapped: generated.wrapped, wrappingKeyId: generated.keyId, envelope, createdBy };
    if ((await open(row)) !== text) throw new Error('a sealed secret did not come back as it went in');
    return row;
  } finally {
    key.destroy();
  }
}

/** @throws Error where there is no such secret in this tenant; KmsError of the platform key; EnvelopeError */
export async function openSecret(tenantId: string, secretId: string): Promise<string> {
  const row = await findSecret(tenantId, secretId);
  if (!row) throw new Error(`secret ${secretId} does not exist`);
  return open(row);
}

async function open(row: SecretRow): Promise<string> {
  const platform = await platformKey();
  const { plaintext } = await platform.unwrap(Buffer.from(row.wrapped), { tenantId: row.tenantId, appId: row.id });
  const key = keyOf(row.id, row.tenantId, plaintext);
  try {
    const text = key.open(parseEnvelope(row.envelope), contextOf(row.id));
    try {
      return text.toString('utf8');
    } finally {
      text.fill(0);
    }
  } finally {
    key.destroy();
  }
}

/** One data key per secret: its own ID stands for the data key and the app in what is authenticated. */
function keyOf(id: string, tenantId: string, raw: Buffer): DataKey {
  try {
    return DataKey.fromRaw({ id, tenantId, appId: id, raw });
  } finally {
    raw.fill(0);
  }
}

/** These names are data: the table had its name when the first secrets were sealed. */
function contextOf(id: string) {
  return { table: 'access_key_secret', column: 'envelope', record: id };
}
