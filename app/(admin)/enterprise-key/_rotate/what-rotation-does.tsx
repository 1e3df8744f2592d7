import { Fold } from '#components/ui/fold.tsx';
import { serviceName } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { rotationScreensOf } from '../_providers/rotation-screens.ts';
import { whatRotationDoes } from './rotate-words.ts';
import type { RotateTo } from './rotation-standing.ts';

type DoesProps = { to: RotateTo; from: RotateTo };

/** For those who have not rotated before. */
export function WhatRotationDoes({ to, from }: DoesProps) {
  const ways = rotationScreensOf(to).ways(to.authMode);
  return (
    <div className="mb-3 flex items-start gap-1">
      <Fold summary="What a rotation does">
        <p className="max-w-[54em]">{whatRotationDoes(serviceName(from.provider)).join(' ')}</p>
        <dl className="pairs mt-3 sm:grid-cols-[14rem_minmax(0,1fr)]">
          {ways.map(({ name, how }) => (
            <div className="contents" key={name}>
              <dt className="font-medium">{name}</dt>
              <dd className="text-ink-2">{how}</dd>
            </div>
          ))}
        </dl>
      </Fold>
      <HelpTerm term="rotate" />
    </div>
  );
}
