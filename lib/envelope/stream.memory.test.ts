import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const LONG = process.env.KEYWARD_LONG_TESTS === '1';
const MIB = LONG ? 1024 : 256;
const script = fileURLToPath(new URL('./stream-memory.fixture.ts', import.meta.url));

test.each(['node', 'web'])(
  `${MIB} MiB need at most 64 MiB above the idle process: streams of %s`,
  async (kind) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(MIB), kind]);
    const { same, aboveIdleMib } = JSON.parse(stdout);
    expect(same).toBe(true);
    expect(aboveIdleMib).toBeLessThan(64);
  },
  120_000,
);
