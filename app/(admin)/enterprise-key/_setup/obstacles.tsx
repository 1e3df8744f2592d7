import Link from 'next/link';
import { Callout } from '#components/ui/callout.tsx';
import { plural } from '#lib/byok/format.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { findStep, stepHref, titleOf } from './steps.ts';

/** What keeps Proceed from working now, in the order to fix it, each with the way there. */
export function Obstacles({ setup }: { setup: SetupView }) {
  const missing = setup.obstacles.length;
  if (missing === 0) return null;
  return (
    <Callout title={plural(missing, 'One thing is missing', `${missing} things are missing`)} tone="warn">
      <ul className="list-disc space-y-1 pl-5">
        {setup.obstacles.map(({ text, step }) => {
          const found = findStep(step);
          return (
            <li key={text}>
              {text}{' '}
              {found ? (
                <Link className="link" href={stepHref(setup, found)}>
                  Go to {titleOf(found, setup)}
                </Link>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Callout>
  );
}
