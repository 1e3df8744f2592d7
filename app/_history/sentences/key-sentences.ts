import { countOf } from '#lib/byok/format.ts';
import { anyService, capital } from '#lib/byok/providers.ts';
import { visible } from '#lib/byok/visible-text.ts';
import {
  act,
  appsWords,
  countIn,
  type Entry,
  entered,
  type Sentence,
  say,
  type Told,
  textIn,
  theKey,
  valueIn,
} from './sentence.ts';

/** Setting up a key, its state, its health: what its page and its wizard do, and what Keyward does by itself. */
export const keySentences = {
  'create-key': {
    did: (told) =>
      told.event.after === null
        ? say`went on with the draft ${theKey(told)}`
        : say`created the draft ${entered(told.event.after, 'alias', 'of a key')}`,
    tries: () => ['create an enterprise key'],
  },
  'save-step': { did: savedStep, tries: (told) => say`save the set-up of ${theKey(told)}` },
  'test-configuration': { did: tested, tries: (told) => say`test the configuration of ${theKey(told)}` },
  'verify-set-up-step': {
    did: (told) => say`verified the ${setUpStep(told)} of ${theKey(told)}${verdict(told)}`,
    tries: (told) => say`verify a set-up step of ${theKey(told)}`,
  },
  'rename-key': {
    did: (told) => {
      const [was, is] = [textIn(told.event.before, 'alias'), textIn(told.event.after, 'alias')];
      if (was !== undefined && is !== undefined && was !== is)
        return say`renamed ${{ name: visible(was) }} to ${{ name: visible(is) }}`;
      return say`changed the description or tags of ${theKey(told)}`;
    },
    tries: (told) => say`rename ${theKey(told)}`,
  },
  'delete-key': {
    did: (told) => say`deleted ${entered(told.event.before, 'alias', 'a key')}`,
    tries: (told) => say`delete ${theKey(told)}`,
  },
  'create-customer-key': {
    did: (told) => say`created a key in ${anyService} for ${theKey(told)}`,
    tries: (told) => say`create a key in ${anyService} for ${theKey(told)}`,
  },
  'customer-key-left-over': {
    tells: (told) => say`A key that Keyward created in ${anyService} is not in use. ${reason(told)}`,
  },
  'dismiss-key-creation': {
    did: () => ['removed an unused key from the list'],
    tries: () => ['remove an unused key from the list'],
  },
  'schedule-key': {
    did: (told) => {
      const at = textIn(told.event.after, 'enforcementAt');
      const apps = countIn(told.event.after, 'apps');
      return say`scheduled ${theKey(told)}${apps === undefined ? '' : ` for ${appsWords(apps)}`}${at ? say` from ${{ at }}` : ''}`;
    },
    tries: (told) => say`schedule ${theKey(told)}`,
  },
  'discard-changes': {
    did: (told) =>
      textIn(told.event.before, 'state') === 'draft'
        ? say`discarded the draft ${entered(told.event.before, 'alias', 'of a key')}`
        : say`discarded the changes to ${theKey(told)}`,
    tries: (told) => say`discard the changes to ${theKey(told)}`,
  },
  'activate-key': { tells: (told) => say`${theKey(told)} became active` },
  'activation-failed': { tells: (told) => say`${theKey(told)} could not be activated. ${alertText(told)}` },
  'finish-activation': { tells: (told) => say`${moved(told, 'apps')} moved to ${theKey(told)}` },
  'prepare-rotation': act('prepared', 'prepare', (told) => say`a rotation of ${theKey(told)}`),
  'rotate-key': {
    did: (told) => {
      const version = countIn(told.event.after, 'version');
      return say`rotated ${theKey(told)}${version === undefined ? '' : ` to version ${version}`}`;
    },
    tries: (told) => say`rotate ${theKey(told)}`,
  },
  'finish-rotation': {
    tells: (told) => say`The rotation of ${theKey(told)} is complete: ${moved(told, 'dataKeys')} moved`,
  },
  'rotation-left-behind': {
    tells: (told) => say`The rotation of ${theKey(told)} left something behind. ${alertText(told)}`,
  },
  'rotation-failed': { tells: (told) => say`The rotation of ${theKey(told)} is stuck. ${alertText(told)}` },
  'finish-reencryption': {
    tells: (told) =>
      say`${countOf(countIn(told.event.after, 'records') ?? 0, 'stored record')} of ${theKey(told)} re-encrypted`,
  },
  'revert-key': {
    did: (told) => {
      const apps = countIn(told.event.before, 'apps');
      if (countIn(told.event.after, 'moved') === 0) return say`reverted ${theKey(told)} before it was active`;
      return say`reverted ${theKey(told)}${apps === undefined ? '' : `: ${appsWords(apps)} return to the platform key`}`;
    },
    tries: (told) => say`revert ${theKey(told)}`,
  },
  'finish-revert': { tells: (told) => say`${moved(told, 'apps')} of ${theKey(told)} returned to the platform key` },
  'revert-failed': {
    tells: (told) => say`The return of ${theKey(told)} to the platform key is stuck. ${alertText(told)}`,
  },
  'make-irreversible': {
    did: (told) => say`made ${committed(told)} irreversible`,
    tries: (told) => say`make ${committed(told)} irreversible`,
  },
  'pause-move': act('paused', 'pause', move),
  'resume-move': {
    did: (told) =>
      valueIn(told.event.before, 'paused') === false ? say`retried ${move(told)} at once` : say`resumed ${move(told)}`,
    tries: (told) => say`resume ${move(told)}`,
  },
  'alias-drift': { tells: (told) => say`The alias of ${theKey(told)} leads to another key. ${alertText(told)}` },
  'alias-back': { tells: (told) => say`The alias of ${theKey(told)} leads to the active key again` },
  'key-revoked': {
    tells: (told) =>
      say`Access to ${theKey(told)} was revoked. ${[alertText(told), stopped(told)].filter(Boolean).join(' ')}`,
  },
  'key-outage': { tells: (told) => say`${theKey(told)} did not answer. ${alertText(told)}` },
  'key-degraded': { tells: (told) => say`${theKey(told)} answered again after a failure` },
  'key-healthy': { tells: (told) => say`${theKey(told)} is healthy again` },
  'vendor-denied': { tells: (told) => say`${alertText(told) || `${capital(anyService)} denied Keyward access`}` },
  'check-key': { did: checked, tries: (told) => say`check ${theKey(told)}` },
  'check-tenant-key': { did: checked, tries: (told) => say`check ${theKey(told)}` },
} as const satisfies Record<string, Entry>;

function savedStep(told: Told): Sentence {
  const { after } = told.event;
  const step = textIn(after, 'step');
  const selected = countIn(after, 'selected');
  if (selected !== undefined) return say`selected ${appsWords(selected)} for ${theKey(told)}`;
  const enforcement = textIn(after, 'enforcement');
  if (enforcement === 'now') return say`set ${theKey(told)} to start at once`;
  if (enforcement !== undefined) return say`set ${theKey(told)} to start on ${{ at: enforcement }}`;
  return say`saved ${(step && savedSteps[step]) ?? 'the set-up'} of ${theKey(told)}`;
}

const savedSteps: Record<string, string> = {
  provider: 'the provider',
  prepare: `the values for ${anyService}`,
  connect: 'the connection',
  aws: `the connection to ${anyService}`,
  test: 'the test options',
  date: 'the enforcement date',
  apps: 'the apps and bots',
  schedule: 'the schedule',
};

function tested(told: Told): Sentence {
  const { after } = told.event;
  if (textIn(after, 'outcome') === 'abandoned') return say`left a test of ${theKey(told)} before it ended`;
  const outcomes = outcomesIn(after);
  const failed = outcomes.filter((outcome) => outcome === 'failed').length;
  const ran = outcomes.filter((outcome) => outcome !== 'skipped' && outcome !== 'not-run').length;
  if (ran === 0) return say`tested ${theKey(told)}`;
  return failed > 0
    ? say`tested ${theKey(told)}: ${failed} of ${ran} checks failed`
    : say`tested ${theKey(told)}: ${ran} of ${ran} checks passed`;
}

function outcomesIn(after: unknown): unknown[] {
  const checks = valueIn(after, 'checks');
  return typeof checks === 'object' && checks !== null ? Object.values(checks) : [];
}

function setUpStep({ event: { after } }: Told): string {
  const step = textIn(after, 'step') ?? '';
  return setUpSteps[step] ?? (step.replaceAll('-', ' ') || 'set-up');
}

const setUpSteps: Record<string, string> = { permission: 'permission policy', configuration: 'configuration' };

function verdict({ event: { after } }: Told): string {
  const outcome = textIn(after, 'outcome');
  return (outcome && verdicts[outcome]) ?? '';
}

const verdicts: Record<string, string> = {
  verified: ': correct',
  partly: ': partly verified',
  failed: ': something is missing',
  unknown: ': no answer',
  abandoned: ', and left before it ended',
};

function checked(told: Told): Sentence {
  const health = textIn(told.event.after, 'health');
  return say`checked ${theKey(told)}${health ? `: ${health.replaceAll('-', ' ')}` : ''}`;
}

function committed(told: Told): Sentence {
  const target = told.event.target === null ? undefined : told.names[told.event.target];
  const every = told.event.target === null || target?.kind === 'tenant';
  return every ? ['every key of this tenant'] : [theKey(told)];
}

function move(told: Told): Sentence {
  const kind = textIn(told.event.after, 'kind') ?? textIn(told.event.before, 'kind');
  return say`the ${(kind && moveWords[kind]) ?? 'move'} of ${theKey(told)}`;
}

const moveWords: Record<string, string> = {
  activate: 'activation',
  rotate: 'rotation',
  'select-apps': 'change of apps',
  revert: 'return to the platform key',
  rekey: 'data key replacement',
};

function moved({ event: { after } }: Told, what: 'apps' | 'dataKeys'): string {
  const count = countIn(after, what) ?? 0;
  return what === 'apps' ? appsWords(count) : countOf(count, 'data key');
}

function stopped({ event: { after } }: Told): string {
  const apps = countIn(after, 'apps');
  return apps ? `${appsWords(apps)} stopped.` : '';
}

export function alertText({ event: { after } }: Told): string {
  return visible(textIn(after, 'text') ?? '');
}

function reason({ event: { after } }: Told): string {
  return visible(textIn(after, 'reason') ?? '');
}
