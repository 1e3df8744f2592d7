import dns from 'node:dns';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import os from 'node:os';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { kmsFailures } from '#lib/byok/kms-failure.ts';
import { makeStsClient } from './aws/clients.ts';
import { toKmsError } from './aws/error-map.ts';
import { certificates } from './testing/certificates.ts';

const call = { service: 'kms', requestIds: [], attempts: 1 } as const;
const failureOf = (code: string, name = 'Error') =>
  toKmsError(Object.assign(new Error('x'), { name, code }), call).failure;

/** https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes, in its order, without the memory's end. */
const x509Codes = [
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_CRL', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
  ...['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'CERT_SIGNATURE_FAILURE'],
  ...['CRL_SIGNATURE_FAILURE', 'CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED', 'CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED'],
  ...['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD', 'ERROR_IN_CRL_LAST_UPDATE_FIELD'],
  ...['ERROR_IN_CRL_NEXT_UPDATE_FIELD', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_CHAIN_TOO_LONG', 'CERT_REVOKED'],
  ...['INVALID_CA', 'PATH_LENGTH_EXCEEDED', 'INVALID_PURPOSE', 'CERT_UNTRUSTED', 'CERT_REJECTED', 'HOSTNAME_MISMATCH'],
];
const timeOuts = ['ETIMEDOUT', 'ETIMEOUT', 'ETIME'];
const systemCodes = Object.keys(os.constants.errno);
const dnsCodes = Object.values<unknown>(dns).flatMap((value) =>
  typeof value === 'string' && /^E[A-Z]+$/.test(value) ? [value] : [],
);

describe('a code of Node’s own', () => {
  it.each([...x509Codes, 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT'])(
    '%s says that the certificate cannot be trusted',
    (code) => {
      expect(failureOf(code)).toBe('untrusted-certificate');
      // The SDK gives errors of the connection a name of its own at times.
      expect(failureOf(code, 'TimeoutError')).toBe('untrusted-certificate');
    },
  );

  it('of the system or of DNS is a broken connection, or one that took too long', () => {
    expect(systemCodes.length).toBeGreaterThan(70);
    expect(dnsCodes).toEqual(expect.arrayContaining(['ENOTFOUND', 'ESERVFAIL', 'EREFUSED', 'ETIMEOUT']));
    for (const code of [...systemCodes, ...dnsCodes, 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']) {
      const expected = timeOuts.includes(code) ? 'timed-out' : 'unreachable';
      expect(failureOf(code), code).toBe(expected);
      expect(failureOf(code, 'TimeoutError'), code).toBe(expected);
    }
  });

  it.each([
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'HPE_INVALID_CONSTANT',
    'OUT_OF_MEM',
    'A_CODE_TO_COME',
  ])('%s, which no list names, is a broken connection, too, and tried again', (code) => {
    const error = toKmsError(Object.assign(new Error('x'), { code }), call);
    expect(error).toMatchObject({ failure: 'unreachable', connectionCode: code });
    expect(kmsFailures[error.failure].retry).toBe(true);
  });

  it('of a file is the vendor’s credentials: nothing else is read from one', () => {
    const missing = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open', path: '/var/run/token' });
    expect(toKmsError(missing, call)).toMatchObject({ failure: 'vendor-credentials', connectionCode: undefined });
    // A socket is read from, too.
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET', syscall: 'read' });
    expect(toKmsError(reset, call).failure).toBe('unreachable');
  });

  it('does not hide what AWS answered, nor a mistake of ours', () => {
    const answered = Object.assign(new Error('x'), { code: 'Whatever', $metadata: { httpStatusCode: 400 } });
    expect(toKmsError(answered, call).failure).toBe('unexpected');
    const mistake = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(toKmsError(mistake, call)).toMatchObject({ failure: 'unexpected', connectionCode: undefined });
  });
});

describe('a server whose TLS cannot be trusted, asked by the SDK', () => {
  let server: Server | ReturnType<typeof createPlainServer> | undefined;
  const before = process.env.AWS_ENDPOINT_URL_STS;
  afterEach(() => {
    server?.close();
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL_STS;
    else process.env.AWS_ENDPOINT_URL_STS = before;
  });

  async function askBehind(made: NonNullable<typeof server>) {
    server = made;
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL_STS = `https://127.0.0.1:${(made.address() as AddressInfo).port}`;
    const limits = { connectTimeoutMs: 5_000, requestTimeoutMs: 5_000, totalTimeoutMs: 10_000 };
    const sts = makeStsClient('us-east-1', limits, { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' });
    const thrown = await sts.send(new GetCallerIdentityCommand({})).then(
      () => undefined,
      (error: unknown) => error,
    );
    sts.destroy();
    return toKmsError(thrown, { ...call, service: 'sts' });
  }

  it.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['otherName', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['leaf', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('%s: %s', async (which, code) => {
    const error = await askBehind(createServer(certificates[which], (_, response) => response.end()));
    expect(error).toMatchObject({ failure: 'untrusted-certificate', class: 'transient' });
    // Which of its faults OpenSSL names first is its own affair; that it is one of them is not.
    expect([code, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED']).toContain(error.connectionCode);
  });

  it('speaks no TLS at all: could not be reached', async () => {
    const plain = createPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await askBehind(plain)).toMatchObject({
      failure: 'unreachable',
      connectionCode: expect.stringMatching(/^(ERR_SSL_|EPROTO|ECONNRESET)/),
    });
  });
});
