import { providerList, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

/** The steps of setting up a key, in order. The titles are the words that people find again in the documentation. */
export const steps = [
  { id: 'provider', title: 'Provider' },
  { id: 'prepare', title: providerList.length === 1 ? (providerList[0]?.words.prepare ?? 'Prepare') : 'Prepare' },
  { id: 'connect', title: 'Connect' },
  { id: 'test', title: 'Test' },
  { id: 'date', title: 'Enforcement Date' },
  { id: 'apps', title: 'Apps and Bots' },
  { id: 'review', title: 'Review' },
] as const;

export type StepId = (typeof steps)[number]['id'];

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

/** The step of a URL segment, or undefined for a segment that names none. */
export function findStep(segment: string): (typeof steps)[number] | undefined {
  return steps.find((step) => step.id === segment);
}

export function stepHref(keyId: string, step: StepId): string {
  return `/enterprise-key/${keyId}/setup/${step}`;
}

export function stepNumber(step: StepId): number {
  return steps.findIndex(({ id }) => id === step) + 1;
}

export function nextStep(step: StepId): StepId | null {
  return steps[stepNumber(step)]?.id ?? null;
}

export function previousStep(step: StepId): StepId | null {
  return steps[stepNumber(step) - 2]?.id ?? null;
}

/** By the provider's own name for the step in which the customer sets it up. */
export function titleOf(step: StepId, { configuration }: Pick<SetupView, 'configuration'>): string {
  return step === 'prepare' ? providers[configuration.provider].words.prepare : (findStep(step)?.title ?? '');
}

/** Where somebody goes on who comes back to a half-finished set-up: the first step that is not done. */
export function resumeStep(view: SetupView): StepId {
  return steps.find((step) => !isDone(view, step.id))?.id ?? 'review';
}

/** The list beside the form: which steps are done, and which of them can be gone to. */
export function stepStates(view: SetupView, current: StepId): StepState[] {
  const firstOpen = stepNumber(resumeStep(view));
  return steps.map(({ id }) => {
    const number = stepNumber(id);
    const reachable = isDone(view, id) || number <= Math.max(firstOpen, stepNumber(current)) || isReadable(view, id);
    return {
      id,
      title: titleOf(id, view),
      number,
      current: id === current,
      done: isDone(view, id),
      href: reachable && id !== current ? stepHref(view.key.id, id) : null,
    };
  });
}

/** Judged by what is there rather than by what was visited, so that a test that no longer holds is open again. */
function isDone(view: SetupView, step: StepId): boolean {
  const { configuration, report } = view;
  switch (step) {
    case 'provider':
      return configuration.progress.chosen;
    case 'prepare':
      return visited(view, 'prepare') || configuration.progress.key;
    case 'connect':
      return configuration.progress.connected;
    case 'test':
      return report?.passed === true && !report.stale;
    case 'date':
      return configuration.enforcementChoice !== '';
    case 'apps':
      return visited(view, 'apps') && view.selection.selected > 0;
    case 'review':
      return false;
  }
}

/** The review may be read, and says what is missing, as soon as there is something to review. */
function isReadable(view: SetupView, step: StepId): boolean {
  return step === 'review' && isDone(view, 'connect') && isDone(view, 'date');
}

/** A scheduled key has been through every step. */
function visited(view: SetupView, step: StepId): boolean {
  if (view.editing !== 'draft') return true;
  const saved = findStep(view.savedStep);
  return saved !== undefined && stepNumber(saved.id) >= stepNumber(step);
}
