import { describe, expect, it } from 'vitest';
import { commands, displayStatus, judge, keyStates } from './lifecycle.ts';

/** The table as people read it: every command against every state. */
const expected = `
             draft scheduled active rotating reverting reverted
edit         yes   yes       no     no       no        no
test         yes   yes       yes    yes      yes       no
schedule     yes   yes       no     no       no        no
select-apps  yes   yes       no     no       no        no
activate     no    yes       no     no       no        no
validate     no    no        yes    yes      yes       no
discard      yes   yes       no     no       no        no
`;

describe('the life cycle', () => {
  const [header = '', ...rows] = expected.trim().split('\n');
  const states = header.trim().split(/\s+/);

  it('knows exactly these states and commands', () => {
    expect(states).toEqual([...keyStates]);
    expect(rows.map((row) => row.split(/\s+/)[0])).toEqual([...commands]);
  });

  describe.each(commands)('%s', (command) => {
    const cells =
      rows
        .find((row) => row.startsWith(`${command} `))
        ?.trim()
        .split(/\s+/)
        .slice(1) ?? [];
    it.each(keyStates.map((state, index) => [state, cells[index]] as const))('in %s: %s', (state, cell) => {
      const verdict = judge(command, state);
      expect(verdict.allowed).toBe(cell === 'yes');
      if (!verdict.allowed) expect(verdict.reason).toMatch(/\.$/);
    });
  });

  it('calls a scheduled key Activating once its date has come, and an active one while its data moves', () => {
    expect(displayStatus('scheduled', { due: false, moving: true })).toBe('Scheduled');
    expect(displayStatus('scheduled', { due: true, moving: true })).toBe('Activating');
    expect(displayStatus('active', { due: true, moving: true })).toBe('Activating');
    expect(displayStatus('active', { due: true, moving: false })).toBe('Active');
  });
});
