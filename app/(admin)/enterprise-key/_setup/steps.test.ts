import { describe, expect, it } from 'vitest';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { findStep, nextStep, previousStep, resumeStep, stepHref, stepStates, steps, titleOf } from './steps.ts';
import { setupView } from './testing/setup-view.ts';

const complete = setupView({
  savedStep: 'schedule',
  configuration: {
    region: 'us-east-1',
    accountId: '111122223333',
    keyArn: 'k',
    roleArn: 'r',
    enforcementChoice: 'now',
  },
  report: { passed: true, stale: false },
});
const doneOf = (view: SetupView) =>
  stepStates(view, 'provider')
    .filter((step) => step.done)
    .map((step) => step.id);

describe('the order of the steps', () => {
  it('goes one way and back', () => {
    expect(previousStep('provider')).toBeNull();
    expect(nextStep('review')).toBeNull();
    for (const id of steps.slice(0, -1)) expect(previousStep(nextStep(id) ?? id)).toBe(id);
  });

  it('knows no other step', () => {
    expect(findStep('finish')).toBeUndefined();
    expect(findStep('toString')).toBeUndefined();
  });

  it('names the second after its provider, in its address, too', () => {
    expect(titleOf('service', complete)).toBe('AWS');
    expect(stepHref(complete, 'service')).toBe(`/enterprise-key/${complete.key.id}/setup/aws`);
    expect(findStep('aws')).toBe('service');
  });

  it.each([
    ['prepare', 'service'],
    ['connect', 'service'],
    ['date', 'schedule'],
    ['apps', 'schedule'],
  ])('finds what was called “%s”, in addresses and in what is stored', (name, step) => {
    expect(findStep(name)).toBe(step);
  });
});

describe('stepStates', () => {
  it('has nothing done in an untouched draft, and nothing to go to but where one is', () => {
    const states = stepStates(setupView({ savedStep: '' }), 'provider');
    expect(states.filter((step) => step.done || step.href)).toEqual([]);
    expect(states.filter((step) => step.current).map((step) => step.id)).toEqual(['provider']);
  });

  it('links done steps and the first open one', () => {
    const view = setupView({ savedStep: 'provider' });
    const linked = stepStates(view, 'test').filter((step) => step.href);
    expect(linked.map((step) => step.id)).toEqual(['provider', 'service']);
  });

  it('opens the test again when something has changed since', () => {
    const stale = setupView({ ...complete, report: { passed: true, stale: true } });
    expect(doneOf(complete)).toEqual(['provider', 'service', 'test', 'schedule']);
    expect(doneOf(stale)).not.toContain('test');
    expect(resumeStep(stale)).toBe('test');
  });

  it('takes a key that Keyward is to create for connected: the test is next', () => {
    const awaits = { region: 'us-east-1', accountId: '111122223333', roleArn: 'r', createsKey: true };
    expect(resumeStep(setupView({ savedStep: 'prepare', configuration: awaits }))).toBe('test');
  });

  it('sends a finished draft to the review, also one that was saved in the steps of before', () => {
    expect(resumeStep(complete)).toBe('review');
    expect(resumeStep(setupView({ ...complete, savedStep: 'apps' }))).toBe('review');
  });

  it('takes a scheduled key as having been through every step', () => {
    expect(resumeStep(setupView({ ...complete, editing: 'scheduled', savedStep: '' }))).toBe('review');
  });
});
