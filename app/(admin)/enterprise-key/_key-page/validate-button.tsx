'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { serviceName } from '#lib/byok/providers.ts';
import { useKey } from './live-key.tsx';
import { useValidation } from './use-validation.tsx';
import { ValidationSummary } from './validation-summary.tsx';

/** Proves that the key works, from wherever one is on the page of a key. */
export function ValidateButton() {
  const { pending, run, whyNot } = useValidation();
  return (
    <Button disabledReason={whyNot} onClick={() => void run()} pending={pending}>
      Validate
    </Button>
  );
}

/** How the last run ended. */
export function LastValidation() {
  const { view } = useKey();
  const { error, pending, report } = useValidation();
  return (
    <div className="empty:hidden">
      {error ? <ErrorNotice error={error} /> : null}
      <ValidationSummary pending={pending} report={report} service={serviceName(view.provider)} />
    </div>
  );
}
