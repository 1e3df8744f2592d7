'use client';

import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';

type NewTokenProps = { token: string; name: string; tenantName: string; onPutAway: () => void };

/** The one time that a token is shown. */
export function NewToken({ token, name, tenantName, onPutAway }: NewTokenProps) {
  return (
    <Callout role="status" title={`Copy the token “${name}” of ${tenantName} now: it is not shown again.`} tone="ok">
      <CopyField hint="Sent as Authorization: Bearer with each call." label="Token" value={token} />
      <Button onClick={onPutAway} size="small">
        I have copied it
      </Button>
    </Callout>
  );
}
