import { expect, it } from 'vitest';
import { makeLog } from './log.ts';

function written(write: (log: ReturnType<typeof makeLog>) => void): string {
  const lines: string[] = [];
  write(makeLog('debug', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

it.each([
  'password',
  'plaintext',
  'token',
  'authorization',
  'set-cookie',
  'rootKey',
  'secretAccessKey',
  'connectionString',
])('writes no %s, at any of three levels', (name) => {
  const line = written((log) =>
    log.info({ [name]: 'canary-1', a: { [name]: 'canary-2', b: { [name]: 'canary-3' } } }, 'event'),
  );
  expect(line).toContain('event');
  expect(line).not.toContain('canary');
});

it('writes what happened to an error, and not the values that a driver put beside it', () => {
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (plaintext)=(canary) already exists',
  });
  const line = written((log) => log.error({ err: new Error('could not store', { cause }) }));
  expect(line).toContain('could not store');
  expect(line).toContain('23505');
  expect(line).not.toContain('canary');
});
