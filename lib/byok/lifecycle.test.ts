import { describe, expect, it } from 'vitest';
import { commands, displayStatus, evaluateCommand, keyStates } from './lifecycle.ts';

/** The table as people read it: every command against every state. */
const expected = `
             draft scheduled active rotating reverting reverted
edit         yes   yes       no     no       no        no
test         yes   yes       yes    yes      yes       no
schedule     yes   yes       no     no       no        no
select-apps  yes   yes       yes    no       no        no
activate     no    yes       no     no       no        no
rotate       no    no        yes    no       no        no
revert       yes   yes       yes    no       no        no
make-irreversible no no      yes    no       no        no
rekey        no    no        yes    no       no        no
validate     no    no        yes    yes      yes       no
discard      yes   yes       yes    no       no        no
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
      const decision = evaluateCommand(command, state);
      expect(decision.allowed).toBe(cell === 'yes');
      if (!decision.allowed) expect(decision.reason).toMatch(/\.$/);
    });
  });

  const still = { moving: null, irreversible: false };
  const moving = { moving: 'Rotation is under way: 3 of 12 apps and bots so far.', irreversible: false };
  const stuckIsNoDeadEnd = [
    'test',
    'select-apps',
    'rotate',
    'revert',
    'make-irreversible',
    'rekey',
    'validate',
    'discard',
  ];

  it.each(commands)('%s: a key that is still is judged by the table alone', (command) => {
    for (const state of keyStates.filter((one) => one !== 'rotating'))
      expect(evaluateCommand(command, state, still)).toEqual(evaluateCommand(command, state));
  });

  it.each(commands)('%s: a rotation that is stuck stands in nobody’s way', (command) => {
    expect(evaluateCommand(command, 'rotating', still).allowed).toBe(stuckIsNoDeadEnd.includes(command));
  });

  it.each(['select-apps', 'rotate', 'revert', 'make-irreversible'] as const)(
    '%s waits for a transition that is under way, and says which',
    (command) => {
      for (const state of ['active', 'rotating', 'reverting'] as const)
        expect(evaluateCommand(command, state, moving)).toEqual({
          allowed: false,
          reason: `${moving.moving} Wait until it has finished.`,
        });
    },
  );

  it.each(['test', 'validate', 'rekey', 'discard'] as const)(
    '%s does not wait for a transition of an active key',
    (command) => {
      expect(evaluateCommand(command, 'active', moving)).toEqual({ allowed: true });
    },
  );

  it('a key that was made irreversible is never reverted once it is active', () => {
    const facts = { moving: null, irreversible: true };
    expect(evaluateCommand('revert', 'active', facts)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/irreversible/),
    });
    expect(evaluateCommand('revert', 'rotating', facts)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/irreversible/),
    });
    for (const command of ['rotate', 'select-apps', 'rekey'] as const)
      expect(evaluateCommand(command, 'active', facts)).toEqual({ allowed: true });
  });

  it('a commitment is made once, and binds nothing that is not active yet', () => {
    const facts = { moving: null, irreversible: true };
    expect(evaluateCommand('make-irreversible', 'active', facts)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/already/),
    });
    for (const command of commands)
      for (const state of ['draft', 'scheduled', 'reverted'] as const)
        expect(evaluateCommand(command, state, facts)).toEqual(evaluateCommand(command, state));
  });

  it('calls a scheduled key Activating once its date has come, and an active one while its data moves', () => {
    expect(displayStatus('scheduled', { due: false, activating: true })).toBe('scheduled');
    expect(displayStatus('scheduled', { due: true, activating: true })).toBe('activating');
    expect(displayStatus('active', { due: true, activating: true })).toBe('activating');
    expect(displayStatus('active', { due: true, activating: false })).toBe('active');
  });
});
