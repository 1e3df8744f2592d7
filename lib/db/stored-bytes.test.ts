/**
 * What was sealed, hashed or derived by now, and what is authenticated beside it. These bytes are data: whatever the code comes to
 * call things, they stay. The right side of each row is a literal, never a constant of the code.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { derivedKey } from '../auth/derived-key.ts';
import { hashSecretToken, newSecretToken } from '../auth/secret-token.ts';
import { fingerprintText, readDraft } from '../byok/connection.ts';
import { setConfig } from '../config/config.ts';
import { parseConfig } from '../config/parse.ts';
import { dataKeyCheck } from '../envelope/check-value.ts';
import { additionalData } from '../envelope/context.ts';
import { DataKey } from '../envelope/data-key.ts';
import { envelopeHeader, parseEnvelope } from '../envelope/format.ts';
import { openStream } from '../envelope/stream.ts';
import { streamHeader } from '../envelope/stream-format.ts';
import { fingerprintOf } from '../key-lifecycle/configuration.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { platformKey } from '../keyring/platform-key.ts';
import { sealSecret } from '../keyring/secrets.ts';
import { createRootKeyProvider } from '../kms/platform/root-key.ts';

const ids = {
  dataKeyId: '00112233-4455-4677-8899-aabbccddeeff',
  tenantId: '11111111-2222-4333-8444-555555555555',
  appId: '66666666-7777-4888-9999-aaaaaaaaaaaa',
};
const raw = Buffer.from('0123456789abcdef0123456789abcdef');
const context = { b: '2', a: 'ä' };
const dataKey = DataKey.fromRaw({ id: ids.dataKeyId, ...ids, raw });
const rootKey = createRootKeyProvider({ rootKey: Buffer.from(raw) });
/** Sealed once, under the keys and IDs above. */
const sealed = {
  envelope:
    '0100112233445546778899aabbccddeeff417cfc28953fbb6ff1b7e56d24fe9c1f2b0eb7643d33da3dafbc59076bdb567dd089ea996aa177b8ca0188bdcd',
  stream:
    '0200112233445546778899aabbccddeeffa9c6ed636e24710c8b5d12b0af4adf5cce9109bb9ff24aa004ca58fce916873222085b800cbbcf44',
  wrapped:
    '01a4b020a3d485b8a75edf7e4517bd6bec556c7d98a3430c9d4169077df76eabcd60c364fd29aa15a802c7053c999952ed35939d9b8fbddaf8ba36ab27dd1a3bbf225f8efa',
};

setConfig(
  parseConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/nowhere',
    KEYWARD_ROOT_KEY: raw.toString('base64'),
    NEXTAUTH_SECRET: 'a secret of at least 32 characters',
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    KEYWARD_LOG_LEVEL: 'silent',
  }),
);
afterAll(async () => {
  await closeKeyring();
  setConfig();
});

const stored: [what: string, now: () => unknown, then: unknown][] = [
  ['the beginning of an envelope', () => hex(envelopeHeader(ids.dataKeyId)), '0100112233445546778899aabbccddeeff'],
  [
    'the beginning of a stream',
    () => hex(streamHeader(ids.dataKeyId, Buffer.alloc(19, 1)).bytes),
    `0200112233445546778899aabbccddeeff${'01'.repeat(19)}`,
  ],
  [
    'what is authenticated beside a message: "keyward-envelope", version, IDs, pairs',
    () => hex(additionalData({ ...ids, context })),
    '6b6579776172642d656e76656c6f70650100112233445546778899aabbccddeeff1111111122224333844455555555555566666666777748889999aaaaaaaaaaaa00020001610002c3a4000162000132',
  ],
  [
    'the check value of a data key',
    () => hex(dataKeyCheck(raw, ids)),
    '5b6f303fb2f3fe73d97fef37596d953ccf9574f60d2bd98cf0ff1f2178be629b',
  ],
  ['an envelope', () => String(dataKey.open(parseEnvelope(bytes(sealed.envelope)), context)), 'hello'],
  [
    'a stream',
    async () => {
      const source = { byId: async () => dataKey, current: async () => dataKey };
      return String(await buffer(Readable.from([bytes(sealed.stream)]).pipe(openStream(source, ids, context))));
    },
    'hello',
  ],
  ['the platform key’s ID', () => rootKey.keyId, 'platform/a4b020a3d485b8a7'],
  [
    'a data key under the platform key',
    async () => String((await rootKey.unwrap(bytes(sealed.wrapped), ids)).plaintext),
    '0123456789abcdef0123456789abcdef',
  ],
  [
    'what a sealed secret is bound to',
    async () => {
      const row = await sealSecret(ids.tenantId, 'a secret', 'somebody');
      const of = { tenantId: ids.tenantId, appId: row.id };
      const { plaintext } = await (await platformKey()).unwrap(Buffer.from(row.wrapped), of);
      const key = DataKey.fromRaw({ id: row.id, ...of, raw: plaintext });
      const bound = { table: 'access_key_secret', column: 'envelope', record: row.id };
      return String(key.open(parseEnvelope(row.envelope), bound));
    },
    'a secret',
  ],
  [
    'the key of device cookies',
    () => hex(derivedKey('device cookie')),
    'd329921d7fc6b3b237fb9380472aefbcab59fad26c786cb45f98adfc2cdf48a0',
  ],
  [
    'the key of sign-in counts',
    () => hex(derivedKey('sign-in counts')),
    'b51edcf5e26574bffa1966c0c437438182a77d45fc6053a3fc6b30cfa64975a4',
  ],
  [
    'a token’s form and hash',
    () => [newSecretToken('kwt_').slice(0, 4), hex(hashSecretToken('kwt_token'))],
    ['kwt_', '8c4ef03c94fa7de9596b441db43d374ba877e85fda8f7908d5b760097627ad1f'],
  ],
];

const common = {
  provider: 'aws',
  region: 'eu-central-1',
  accountId: '111122223333',
  createsKey: false,
  dataKeyPair: false,
  alias: 'words alone',
  description: 'words alone',
} as const;
const role = {
  ...common,
  authMode: 'assume-role',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000001',
  secretId: null,
} as const;
const user = {
  ...common,
  authMode: 'access-key',
  accessKeyId: 'AKIAEXAMPLE000000001',
  secretId: '99999999-0000-4000-8000-000000000001',
  keyArn: 'alias/orders',
  dataKeyPair: true,
} as const;

/** A report vouches for a configuration by the SHA-256 of its text: another text, and every customer has to test again. */
const fingerprints = [
  {
    what: 'a role and a key',
    configuration: role,
    text: '["keyward/v2/configuration","aws","assume-role","eu-central-1","arn:aws:iam::111122223333:role/BYOK_Role","kw_external","arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000001",false]',
    sha256: '525089e168d632f03abfaea52ba18db79fe483bad0f2c2f0d4ac54d31b61ea87',
  },
  {
    what: 'an access key and an alias',
    configuration: user,
    text: '["keyward/v2/configuration","aws","access-key","eu-central-1","AKIAEXAMPLE000000001","99999999-0000-4000-8000-000000000001","alias/orders",true]',
    sha256: 'cd253238ccc56f24478f785b3e40d9e775945a9471d0bf27977e35beddaa3fb9',
  },
  {
    what: 'a key that is to be created',
    configuration: { ...role, keyArn: '', createsKey: true },
    text: '["keyward/v2/configuration","aws","assume-role","eu-central-1","arn:aws:iam::111122223333:role/BYOK_Role","kw_external","to be created",false]',
    sha256: 'acd8225b1c4e0fc22e728a4dd0db1d0f74217fe0f78d7bf67337e7a04e2b9322',
  },
];

describe('what is sealed, hashed and derived stays openable and equal', () => {
  it.each(stored)('%s', async (_what, now, then) => {
    expect(await now()).toEqual(then);
  });

  it.each(fingerprints)('the fingerprint of $what', ({ configuration, text, sha256 }) => {
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    const { provider, authMode, secretId, ...entered } = configuration;
    const row = { provider, authMode, entered, secretId };
    const tenant = { id: ids.tenantId, externalId: 'kw_external' };
    expect(fingerprintText(readDraft(row), { tenantId: tenant.id, externalId: tenant.externalId, secretId })).toBe(
      text,
    );
    expect(fingerprintOf(row, tenant)).toBe(sha256);
  });
});

function bytes(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}
