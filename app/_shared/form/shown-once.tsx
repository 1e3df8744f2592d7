'use client';

import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';

type ShownOnceProps = { title: string; label: string; hint: string; value: string; onPutAway: () => void };

/** The one time that a secret is shown: it stands on the page until it is put away, and nowhere else. */
export function ShownOnce({ title, onPutAway, ...secret }: ShownOnceProps) {
  return (
    <Callout role="status" title={title} tone="ok">
      <CopyField {...secret} />
      <Button onClick={onPutAway} size="small">
        I have copied it
      </Button>
    </Callout>
  );
}
