'use client';

import { type ComponentType, useState } from 'react';
import { latePart, useLatePart } from './late-part.ts';
import { LoadAgain } from './not-loaded.tsx';

/**
 * A component whose code is loaded when it is first shown, in the browser alone. That it could not be loaded is told in its place, with
 * a way to try again: the rest of the page stays. `next/dynamic` is for what a page shows from its beginning.
 */
export function late<Props extends object>(
  bring: () => Promise<ComponentType<Props>>,
  Loading?: ComponentType,
): ComponentType<Props> {
  const part = latePart(bring);
  return function Late(props: Props) {
    const [failed, setFailed] = useState(false);
    const Part = useLatePart(part, !failed, () => setFailed(true));
    if (Part) return <Part {...props} />;
    if (failed) return <LoadAgain again={() => setFailed(false)} />;
    return Loading ? <Loading /> : null;
  };
}
