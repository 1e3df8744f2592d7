'use client';

import dynamic from 'next/dynamic';
import { NotLoaded } from '#components/ui/not-loaded.tsx';

/** The steps of the wizard: a page brings the code of the step that it shows, and of no other. */

export const ConfigurationTypeStep = dynamic(() =>
  import('./configuration-type-step.tsx').then(({ ConfigurationTypeStep: Part }) => Part).catch(() => NotLoaded),
);
export const ScheduleStep = dynamic(() =>
  import('./schedule/schedule-step.tsx').then(({ ScheduleStep: Part }) => Part).catch(() => NotLoaded),
);
export const ReviewStep = dynamic(() =>
  import('./review-step.tsx').then(({ ReviewStep: Part }) => Part).catch(() => NotLoaded),
);
