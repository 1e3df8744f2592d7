'use client';

import type { ReactNode } from 'react';
import { Badge, StatusShape } from '#components/ui/badge.tsx';
import { RelativeTime, useNow } from '#components/ui/relative-time.tsx';
import { ageWords } from '#components/ui/relative-words.ts';
import { formatClock } from '#lib/byok/format.ts';
import type { Health } from '#lib/byok/health.ts';
import { healthWords } from '#lib/byok/health.ts';
import type { HealthView, KeySummary } from '#lib/byok/key-views.ts';
import { isOld } from './health-age.ts';
import type { Tone } from './protection.ts';

const tones = {
  'not-yet-checked': 'idle',
  healthy: 'ok',
  degraded: 'warn',
  outage: 'warn',
  revoked: 'bad',
} as const satisfies Record<Health, Tone>;

/** How the key was when it was last asked; grey with the age of that once it says nothing of now. */
export function HealthBadge({ health }: { health: HealthView }) {
  const now = useNow();
  if (!isOld(health, now)) return <Badge tone={tones[health.state]}>{healthWords[health.state].label}</Badge>;
  return <Badge tone="idle">{now === null ? notSince(health.at) : notFor(health.at, now)}</Badge>;
}

/** The same without its ground, for a line of text. */
export function HealthWord({ health }: { health: HealthView }) {
  const now = useNow();
  if (!isOld(health, now)) return <Word tone={tones[health.state]}>{healthWords[health.state].label}</Word>;
  return <Word tone="idle">{now === null ? notSince(health.at) : notFor(health.at, now)}</Word>;
}

/** The badges of `HealthBadges` without their ground. */
export function HealthWords({ of: { health, unreadable } }: { of: Pick<KeySummary, 'health' | 'unreadable'> }) {
  return (
    <>
      {health && (health.state !== 'healthy' || unreadable.length === 0) ? <HealthWord health={health} /> : null}
      {unreadable.map(({ number, health: { state } }) => (
        <Word key={number} tone={tones[state]}>
          {`Version ${number}: ${healthWords[state].label}`}
        </Word>
      ))}
    </>
  );
}

function Word({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${inks[tone]}`}>
      <StatusShape tone={tone} />
      {children}
    </span>
  );
}

const inks = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
  moving: 'text-moving',
} as const satisfies Record<Tone, string>;

/** What is not well comes first: older versions that data hangs on say so by their number, and then nothing is called healthy. */
export function HealthBadges({ of: { health, unreadable } }: { of: Pick<KeySummary, 'health' | 'unreadable'> }) {
  return (
    <>
      {health && (health.state !== 'healthy' || unreadable.length === 0) ? <HealthBadge health={health} /> : null}
      {unreadable.map(({ number, health: { state } }) => (
        <Badge key={number} tone={tones[state]}>
          {`Version ${number}: ${healthWords[state].label}`}
        </Badge>
      ))}
    </>
  );
}

/** When the key was last asked, beside its badge; once that is old the badge says it. */
export function CheckedAt({ health }: { health: HealthView }) {
  const now = useNow();
  if (!health.at || isOld(health, now)) return null;
  return (
    <span className="text-ink-2">
      checked <RelativeTime at={health.at} />
    </span>
  );
}

function notFor(at: string | null, now: number): string {
  return at ? `Not checked for ${ageWords(Date.parse(at), now)}` : healthWords['not-yet-checked'].label;
}

function notSince(at: string | null): string {
  return at ? `Not checked since ${formatClock(at)}` : healthWords['not-yet-checked'].label;
}
