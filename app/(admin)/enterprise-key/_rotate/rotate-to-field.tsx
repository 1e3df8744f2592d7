'use client';

import { useRouter } from 'next/navigation';
import { SelectField } from '#components/form/select-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { providerList } from '#lib/byok/providers.ts';
import { choicesFor } from './rotate-to.ts';
import type { RotateTo } from './rotation-standing.ts';

type FieldProps = { keyId: string; own: RotateTo; to: RotateTo };

/** Where there is more than one provider: in which key service the new key is. */
export function RotateToField({ keyId, own, to }: FieldProps) {
  const router = useRouter();
  if (providerList.length === 1) return null;
  return (
    <Panel>
      <SelectField
        hint="Another key service takes over with the rotation. You need both until everything has moved."
        id="rotate-to-provider"
        label="Cloud Provider"
        onChange={(event) =>
          router.replace(`/enterprise-key/${keyId}/rotate?to=${encodeURIComponent(event.currentTarget.value)}`)
        }
        options={choicesFor(own).map(({ value, label }) => ({ value, label }))}
        value={`${to.provider}/${to.authMode}`}
      />
    </Panel>
  );
}
