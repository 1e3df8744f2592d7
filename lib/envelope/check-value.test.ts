import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dataKeyCheck, verifyDataKeyCheck } from './check-value.ts';

const RAW = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const IDS = {
  dataKeyId: '0193a000-0000-7000-8000-00000000000d',
  tenantId: '0193a000-0000-7000-8000-00000000000e',
  appId: '0193a000-0000-7000-8000-00000000000f',
};

describe('the check value of a data key', () => {
  test('is HMAC-SHA-256 under it over label and IDs, as an independent implementation makes it', () => {
    expect(dataKeyCheck(RAW, IDS).toString('hex')).toBe(
      '4af51e2f8cbbdda0536e967ca4e2ee990f50bedd0787399ce14372b4f139125d',
    );
    expect(verifyDataKeyCheck(RAW, IDS, dataKeyCheck(RAW, IDS))).toBe(true);
  });

  test.each([
    ['another data key', randomBytes(32), IDS],
    ['another ID', RAW, { ...IDS, dataKeyId: IDS.appId }],
    ['another tenant', RAW, { ...IDS, tenantId: IDS.appId }],
    ['another app', RAW, { ...IDS, appId: IDS.tenantId }],
    ['tenant and app swapped', RAW, { ...IDS, tenantId: IDS.appId, appId: IDS.tenantId }],
  ])('%s has another one', (_, raw, ids) => {
    expect(verifyDataKeyCheck(raw, ids, dataKeyCheck(RAW, IDS))).toBe(false);
  });

  test('a stored value of a wrong length or with any bit changed is refused', () => {
    const stored = dataKeyCheck(RAW, IDS);
    for (const length of [0, 16, 31]) expect(verifyDataKeyCheck(RAW, IDS, stored.subarray(0, length))).toBe(false);
    expect(verifyDataKeyCheck(RAW, IDS, Buffer.concat([stored, Buffer.of(0)]))).toBe(false);
    for (let bit = 0; bit < 256; bit++) {
      const flipped = Buffer.from(stored);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyDataKeyCheck(RAW, IDS, flipped)).toBe(false);
    }
  });

  test('a key that is not 32 bytes, and an ID that is no UUID, are mistakes of the calling code', () => {
    expect(() => dataKeyCheck(Buffer.alloc(31), IDS)).toThrow(RangeError);
    expect(() => dataKeyCheck(RAW, { ...IDS, appId: 'app-1' })).toThrow(TypeError);
  });
});
