'use client';

import type { ReactNode } from 'react';
import { StatusShape } from '#components/ui/badge.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { formatDay } from '#lib/byok/format.ts';
import type { Command, Decision } from '#lib/byok/lifecycle.ts';
import type { Notice } from '../../../_shared/key/notice.ts';
import { isRevoked } from '../../../_shared/key/status-summary.ts';
import { useKey } from './live-key.tsx';
import { noticesFor } from './notices.ts';
import { RevokedSteps } from './revoked-steps.tsx';
import { LastValidation, ValidateButton } from './validate-button.tsx';

/** What to do next, the most urgent first, then what has a date. What cannot be done stays visible with its reason. */
export function NextSteps() {
  const { view, role } = useKey();
  const revoked = isRevoked(view);
  const notices = noticesFor(view).filter(({ id }) => !revoked || id !== 'revoked');
  const now = notices.filter(({ day }) => !day);
  const dated = notices.filter(({ day }) => day).sort((a, b) => (a.day ?? '').localeCompare(b.day ?? ''));
  const steps = now.length === 0 && !revoked ? [none] : now;
  return (
    <Panel aria-labelledby="next-steps">
      <h2 className="font-semibold text-[0.9375rem]" id="next-steps">
        What to do next
      </h2>
      {revoked ? <RevokedSteps /> : null}
      <LastValidation />
      <ul className="divide-y divide-line">
        {steps.map((notice) => (
          <Step key={notice.id} notice={notice}>
            <Way notice={notice} reason={whyNot(notice.link?.command, view.commands, role)} />
          </Step>
        ))}
        {dated.map((notice) => (
          <DatedFact key={notice.id} notice={notice} />
        ))}
      </ul>
    </Panel>
  );
}

const none: Notice = {
  id: 'none',
  tone: 'ok',
  title: 'No action needed.',
  sentences: ['This page updates automatically.'],
};

function Step({ notice, children }: { notice: Notice; children: ReactNode }) {
  const { title, tone, sentences, when } = notice;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="max-w-[54em] text-ink-2">
          <span className={`font-[570] text-ink ${tone === 'ok' ? '' : 'block'}`}>
            {tone === 'ok' ? null : (
              <span className={inks[tone]}>
                <StatusShape className="mr-2 inline size-2.5" tone={tone} />
              </span>
            )}
            {title}
            {when ? (
              <span className="font-normal text-ink-2">
                {' '}
                (<RelativeTime at={when} />)
              </span>
            ) : null}
          </span>{' '}
          {sentences.join(' ')}
        </p>
      </div>
      {children}
    </li>
  );
}

function DatedFact({ notice: { day = '', title, sentences } }: { notice: Notice }) {
  return (
    <li className="grid gap-x-4 py-2.5 last:pb-0 sm:grid-cols-[8.25rem_minmax(0,1fr)_auto]">
      <time className="text-ink-2 tabular-nums" dateTime={day}>
        {formatDay(day)}
      </time>
      <p className="min-w-0">
        <strong className="font-[570]">{title}</strong> <span className="text-ink-2">{sentences.join(' ')}</span>
      </p>
      <span className="text-ink-2">
        <RelativeTime at={day} />
      </span>
    </li>
  );
}

function Way({ notice: { act, link }, reason }: { notice: Notice; reason: string | null }) {
  if (act === 'validate') return <ValidateButton />;
  if (!link) return null;
  return reason ? (
    <div className="max-w-64">
      <Button disabledReason={reason}>{link.label}</Button>
    </div>
  ) : (
    <LinkButton href={link.href}>{link.label}</LinkButton>
  );
}

function whyNot(command: Command | undefined, commands: Record<Command, Decision>, role: Role): string | null {
  if (command === undefined) return null;
  if (role !== 'admin') return 'Only an administrator of your organisation can do this.';
  const decision = commands[command];
  return decision.allowed ? null : decision.reason;
}

const inks = { warn: 'text-warn', bad: 'text-bad', moving: 'text-moving' } as const;
