'use client';

import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { isProvider, serviceName } from '#lib/byok/providers.ts';
import { keyScreensOf } from '../_providers/key-screens.ts';
import { useKey } from './live-key.tsx';
import { checkStep, instructions, onPurpose, remedyOf, returnStep } from './revoked-words.ts';
import { ValidateButton } from './validate-button.tsx';

/** The way back for a key that was taken away: what the customer does, what Keyward does, what follows. */
export function RevokedSteps() {
  const { view } = useKey();
  const { health, provider } = view;
  const version = view.versions.find(({ current }) => current);
  if (!health) return null;
  const remedy = remedyOf(health, provider);
  const where = version && isProvider(provider) ? keyScreensOf({ provider }).whereKeyIs?.(version) : undefined;
  const back = returnStep(view);
  return (
    <>
      <ol className="divide-y divide-line">
        <Step
          action={version?.keyUrl ? <OpenKey href={version.keyUrl} service={serviceName(provider)} /> : null}
          number={1}
          title={remedy.title}
        >
          {remedy.text ? <p>{remedy.text}</p> : null}
          {where ? <p>{where}</p> : null}
        </Step>
        <Step action={<ValidateButton />} number={2} title={checkStep.title}>
          <p>{checkStep.text}</p>
        </Step>
        <Step number={3} title={back.title}>
          <p>{back.text}</p>
        </Step>
      </ol>
      <div className="mt-1 mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-t pt-3 text-[0.8125rem] text-ink-2">
        <p className="min-w-0 flex-1 basis-72">{onPurpose} Someone else manages the key?</p>
        <CopyButton text={instructions(view, health)}>Copy instructions</CopyButton>
      </div>
    </>
  );
}

type StepProps = { number: number; title: string; action?: ReactNode; children: ReactNode };

function Step({ number, title, action, children }: StepProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3.5 gap-y-2 py-2.5">
      <span
        aria-hidden="true"
        className="flex size-5.5 shrink-0 items-center justify-center self-start rounded-full border border-control text-xs tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <h3 className="font-[570]">{title}</h3>
        <div className="text-[0.8125rem] text-ink-2 [overflow-wrap:anywhere]">{children}</div>
      </div>
      {action ? <div className="pl-9 sm:pl-0">{action}</div> : null}
    </li>
  );
}

function OpenKey({ href, service }: { href: string; service: string }) {
  return (
    <LinkButton href={href} prefetch={false} rel="noreferrer" target="_blank" variant="primary">
      Open key in {service}
      <ExternalLink aria-hidden="true" className="size-3.5" />
      <span className="sr-only"> (opens in a new tab)</span>
    </LinkButton>
  );
}
