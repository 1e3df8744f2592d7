/**
 * Data keys under a key in AWS KMS, as `wrappedKeys` (kms-source.ts) wants them. A file of its own, so that a service that
 * leases its data keys loads no AWS SDK.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { parseKeyArn } from '../byok/aws/arn.ts';
import type { Scope } from './data-key-source.ts';
import type { KeyWrapper } from './kms-source.ts';

/**
 * Each call names the key, carries Keyward's encryption context (`keyward:tenant`, `keyward:app`, `keyward:purpose`), and
 * compares the key that answers. What the SDK throws passes on unchanged.
 * @param options.kms with whatever credentials reach the key. Give it time limits: the SDK has none of its own
 * @param options.keyArn the ARN of the key itself, not of an alias
 * @throws TypeError for anything else
 */
export function awsKeyWrapper({ kms, keyArn }: { kms: KMSClient; keyArn: string }): KeyWrapper {
  const parsed = parseKeyArn(keyArn);
  if (!parsed.ok) throw new TypeError(`This is no ARN of a key: ${parsed.message}`);
  return {
    async generate(scope) {
      const answer = await kms.send(
        new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: contextOf(scope) }),
      );
      const plaintext = taken(answer.Plaintext, answer.KeyId, keyArn);
      if (answer.CiphertextBlob === undefined) throw new Error('AWS KMS answered without a wrapped data key.');
      return { plaintext, wrapped: answer.CiphertextBlob };
    },
    async unwrap(wrapped, scope) {
      const answer = await kms.send(
        new DecryptCommand({ KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext: contextOf(scope) }),
      );
      return taken(answer.Plaintext, answer.KeyId, keyArn);
    },
  };
}

function contextOf({ tenantId, appId }: Scope): Record<string, string> {
  return { 'keyward:tenant': tenantId, 'keyward:app': appId, 'keyward:purpose': 'data-key' };
}

/** A copy of our own; the SDK's is wiped. */
function taken(secret: Uint8Array | undefined, answeredBy: string | undefined, keyArn: string): Buffer {
  const plaintext = Buffer.from(secret ?? []);
  secret?.fill(0);
  if (answeredBy === keyArn && plaintext.length === 32) return plaintext;
  plaintext.fill(0);
  throw new Error(answeredBy === keyArn ? 'AWS KMS gave no data key of 32 bytes.' : 'A different key answered.');
}
