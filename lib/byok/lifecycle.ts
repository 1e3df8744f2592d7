/**
 * The life cycle of an enterprise key as one table of commands against states. The server enforces it; the screens
 * derive from it what is disabled, and why.
 */
export const keyStates = ['draft', 'scheduled', 'active', 'rotating', 'reverting', 'reverted'] as const;
export type KeyState = (typeof keyStates)[number];

export const commands = [
  'edit',
  'test',
  'schedule',
  'select-apps',
  'activate',
  'rotate',
  'revert',
  'make-irreversible',
  'rekey',
  'validate',
  'discard',
] as const;
export type Command = (typeof commands)[number];

export type Decision = { allowed: true } | { allowed: false; reason: string };

const yes: Decision = { allowed: true };
const no = (reason: string): Decision => ({ allowed: false, reason });

const enforced = no('The enforcement date has passed. From now on, you can only rotate, change apps or revert.');
const busy = no('A change to this key is under way. Wait until it has finished.');
const gone = no('This key was reverted. Create a new one instead.');
const notYet = no('The key is not active yet.');

export const lifecycle = {
  edit: { draft: yes, scheduled: yes, active: enforced, rotating: busy, reverting: busy, reverted: gone },
  test: { draft: yes, scheduled: yes, active: yes, rotating: yes, reverting: yes, reverted: gone },
  schedule: { draft: yes, scheduled: yes, active: enforced, rotating: busy, reverting: busy, reverted: gone },
  'select-apps': { draft: yes, scheduled: yes, active: yes, rotating: busy, reverting: busy, reverted: gone },
  activate: {
    draft: no('Nothing is scheduled yet.'),
    scheduled: yes,
    active: no('The key is active already.'),
    rotating: busy,
    reverting: busy,
    reverted: gone,
  },
  rotate: { draft: notYet, scheduled: notYet, active: yes, rotating: busy, reverting: busy, reverted: gone },
  revert: { draft: yes, scheduled: yes, active: yes, rotating: busy, reverting: busy, reverted: gone },
  'make-irreversible': {
    draft: notYet,
    scheduled: notYet,
    active: yes,
    rotating: busy,
    reverting: busy,
    reverted: gone,
  },
  rekey: { draft: notYet, scheduled: notYet, active: yes, rotating: busy, reverting: busy, reverted: gone },
  validate: { draft: notYet, scheduled: notYet, active: yes, rotating: yes, reverting: yes, reverted: gone },
  discard: { draft: yes, scheduled: yes, active: yes, rotating: busy, reverting: busy, reverted: gone },
} as const satisfies Record<Command, Record<KeyState, Decision>>;

/** What a decision depends on beside the state. */
export type LifecycleFacts = {
  /**
   * A sentence about the transition that is under way and well ("Activating: 3 of 12 apps and bots."). One that is stuck (its
   * last try failed, or everything has been tried and it is incomplete) is none: it must be no dead end.
   */
  moving: string | null;
  /** Its administrator committed to never reverting it, or any key of the tenant. */
  irreversible: boolean;
};

const needStillness: readonly Command[] = ['select-apps', 'rotate', 'revert', 'make-irreversible'];

/** Why nothing leaves a key for the platform key any more, in the words of every command that would lead there. */
export const neverBack = 'This key was made irreversible: its data never returns to the platform key.';

/**
 * Whether a command is allowed in a state, and if not, the sentence that says why. With `facts` a rotation that is stuck
 * counts as over: what it left to do is taken along by the command that follows it.
 */
export function evaluateCommand(command: Command, state: KeyState, facts?: LifecycleFacts): Decision {
  const settled = state === 'rotating' && facts?.moving === null ? 'active' : state;
  const decision: Decision = lifecycle[command][settled];
  if (decision === busy && facts?.moving) return no(`${facts.moving} Wait until it has finished.`);
  if (!decision.allowed || settled !== 'active') return decision;
  if (facts?.irreversible) {
    if (command === 'revert') return no(neverBack);
    if (command === 'make-irreversible') return no('This key is already irreversible.');
  }
  if (facts?.moving && needStillness.includes(command)) return no(`${facts.moving} Wait until it has finished.`);
  return decision;
}

/**
 * How a key stands, as the badge says it. "Activating" is a scheduled key whose date has come, or an active one whose activation
 * still moves data.
 */
export const statusNames = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  activating: 'Activating',
  active: 'Active',
  rotating: 'Rotating',
  reverting: 'Reverting',
  reverted: 'Reverted',
  // Of a tenant, beside those of its keys.
  'activation-failed': 'Activation failed',
  none: 'None',
} as const;

/** How a tenant stands. */
export type TenantStatus = keyof typeof statusNames;
export type DisplayStatus = Exclude<TenantStatus, 'activation-failed' | 'none'>;

export function displayStatus(state: KeyState, facts: { due: boolean; activating: boolean }): DisplayStatus {
  if (state === 'scheduled') return facts.due ? 'activating' : 'scheduled';
  if (state === 'active') return facts.activating ? 'activating' : 'active';
  return state;
}
