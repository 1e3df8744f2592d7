'use client';

import dynamic from 'next/dynamic';
import { NotLoaded } from '#components/ui/not-loaded.tsx';

/** AWS's steps of the wizard, each loaded by the page that shows it. */

export const ProviderStep = dynamic(() =>
  import('./provider-step.tsx').then(({ ProviderStep: Part }) => Part).catch(() => NotLoaded),
);
export const AwsStep = dynamic(() => import('./aws-step.tsx').then(({ AwsStep: Part }) => Part).catch(() => NotLoaded));
export const TestStep = dynamic(() =>
  import('./test-step.tsx').then(({ TestStep: Part }) => Part).catch(() => NotLoaded),
);
export const ScopeReminder = dynamic(() =>
  import('./scope-reminder.tsx').then(({ ScopeReminder: Part }) => Part).catch(() => NotLoaded),
);
