import { isProvider, type ProviderId, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

/** The steps of setting up a key, in order. */
export const steps = ['provider', 'service', 'test', 'schedule', 'review'] as const;
export type StepId = (typeof steps)[number];

/** The titles are the words that people find again in the documentation. The second step is named after the provider. */
export const namedSteps = {
  provider: 'Provider',
  test: 'Test',
  schedule: 'When and what',
  review: 'Review',
} as const satisfies Record<Exclude<StepId, 'service'>, string>;

/** Steps as they were before there were five: in addresses that people kept, and in what is stored of a draft. */
const formerSteps: Readonly<Record<string, StepId>> = {
  prepare: 'service',
  connect: 'service',
  date: 'schedule',
  apps: 'schedule',
};

export type StepState = {
  id: StepId;
  title: string;
  /** From 1. */
  number: number;
  current: boolean;
  done: boolean;
  /** Null where going there would be premature: an earlier step is still open. */
  href: string | null;
};

/** Whose step it is: the second is called after its provider, in its address, too. */
type Whose = { key: Pick<SetupView['key'], 'id'>; configuration: Pick<SetupView['configuration'], 'provider'> };

/** The step of an address's segment or of a stored name, of before, too; undefined for what names none. */
export function findStep(name: string): StepId | undefined {
  if (isProvider(name)) return 'service';
  if (Object.hasOwn(formerSteps, name)) return formerSteps[name];
  return steps.find((id) => id === name);
}

export function stepHref(whose: Whose, step: StepId): string {
  return `/enterprise-key/${whose.key.id}/setup/${segmentOf(step, whose.configuration.provider)}`;
}

/** What stands for a step in its address. */
export function segmentOf(step: StepId, provider: ProviderId): string {
  return step === 'service' ? provider : step;
}

export function stepNumber(step: StepId): number {
  return steps.indexOf(step) + 1;
}

export function nextStep(step: StepId): StepId | null {
  return steps[stepNumber(step)] ?? null;
}

export function previousStep(step: StepId): StepId | null {
  return steps[stepNumber(step) - 2] ?? null;
}

export function titleOf(step: StepId, { configuration }: Pick<Whose, 'configuration'>): string {
  return step === 'service' ? providers[configuration.provider].words.shortName : namedSteps[step];
}

/** Where somebody goes on who comes back to a half-finished set-up: the first step that is not done. */
export function resumeStep(view: SetupView): StepId {
  return steps.find((step) => !isDone(view, step)) ?? 'review';
}

/** The list beside the form: which steps are done, and which of them can be gone to. */
export function stepStates(view: SetupView, current: StepId): StepState[] {
  const firstOpen = stepNumber(resumeStep(view));
  return steps.map((id) => {
    const number = stepNumber(id);
    const reachable = isDone(view, id) || number <= Math.max(firstOpen, stepNumber(current)) || isReadable(view, id);
    return {
      id,
      title: titleOf(id, view),
      number,
      current: id === current,
      done: isDone(view, id),
      href: reachable && id !== current ? stepHref(view, id) : null,
    };
  });
}

/** Judged by what is there rather than by what was visited, so that a test that no longer holds is open again. */
function isDone(view: SetupView, step: StepId): boolean {
  const { configuration, report, selection } = view;
  switch (step) {
    case 'provider':
      return (view.savedStep !== '' || view.editing !== 'draft') && configuration.progress.chosen;
    case 'service':
      return configuration.progress.connected;
    case 'test':
      return report?.passed === true && !report.stale;
    case 'schedule':
      return configuration.enforcementChoice !== '' && selection.selected > 0;
    case 'review':
      return false;
  }
}

/** The review may be read, and says what is missing, as soon as there is something to review. */
function isReadable(view: SetupView, step: StepId): boolean {
  return step === 'review' && isDone(view, 'service') && isDone(view, 'schedule');
}
