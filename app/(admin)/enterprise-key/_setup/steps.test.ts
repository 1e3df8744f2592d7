import { describe, expect, it } from 'vitest';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { findStep, nextStep, previousStep, resumeStep, stepStates, steps } from './steps.ts';
import { setupView } from './testing/setup-view.ts';

const complete = setupView({
  savedStep: 'apps',
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
    for (const { id } of steps.slice(0, -1)) expect(previousStep(nextStep(id) ?? id)).toBe(id);
  });

  it('knows no other step', () => {
    expect(findStep('finish')).toBeUndefined();
    expect(findStep('date')?.title).toBe('Enforcement Date');
  });
});

describe('stepStates', () => {
  it('has nothing done in an untouched draft, and nothing to go to but where one is', () => {
    const states = stepStates(setupView({ savedStep: '' }), 'provider');
    expect(states.filter((step) => step.done || step.href)).toEqual([]);
    expect(states.filter((step) => step.current).map((step) => step.id)).toEqual(['provider']);
  });

  it('links done steps and the first open one', () => {
    const view = setupView({
      savedStep: 'provider',
      configuration: { region: 'us-east-1', accountId: '111122223333' },
    });
    const linked = stepStates(view, 'connect').filter((step) => step.href);
    expect(linked.map((step) => step.id)).toEqual(['provider', 'prepare']);
  });

  it('opens the test again when something has changed since', () => {
    const stale = setupView({ ...complete, report: { passed: true, stale: true } });
    expect(doneOf(complete)).toEqual(['provider', 'prepare', 'connect', 'test', 'date', 'apps']);
    expect(doneOf(stale)).not.toContain('test');
    expect(resumeStep(stale)).toBe('test');
  });

  it('sends a finished draft to the review', () => {
    expect(resumeStep(complete)).toBe('review');
  });

  it('takes a scheduled key as having been through every step', () => {
    expect(resumeStep(setupView({ ...complete, editing: 'scheduled', savedStep: '' }))).toBe('review');
  });
});
