'use client';

import { useState } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import { parseKmsDomain } from '#lib/byok/aws/kms-domain.ts';
import { type Region, regions } from '#lib/byok/aws/regions.ts';
import { Understood } from '../../_shared/connection/understood.tsx';

/** For whoever was told a domain: it sets AWS Region, and is neither kept nor ever called. */
export function DomainField({ onRegion }: { onRegion: (region: Region) => void }) {
  const [text, setText] = useState('');
  const [left, setLeft] = useState(false);
  const parsed = text.trim() === '' ? null : parseKmsDomain(text);

  function take(next: string): void {
    setText(next);
    const read = parseKmsDomain(next);
    if (read.ok) onRegion(read.region);
  }

  return (
    <TextField
      after={
        <Understood
          facts={
            parsed?.ok ? { parts: [{ label: 'Sets AWS Region', value: regionWords(parsed.region) }], note: null } : null
          }
        />
      }
      autoComplete="off"
      error={left && parsed && !parsed.ok ? parsed.message : undefined}
      hint="If you were given one, like kms.ap-south-1.amazonaws.com, paste it here. It sets AWS Region and is not kept."
      id="domain"
      label="Domain"
      mono
      onBlur={() => setLeft(true)}
      onChange={(event) => take(event.currentTarget.value)}
      optional
      spellCheck={false}
      value={text}
    />
  );
}

function regionWords(region: Region): string {
  return `${region} · ${regions[region].name}`;
}
