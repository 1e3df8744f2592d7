'use client';

import { useRef, useState } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { checkPolicy, type Diagnosis } from '#lib/byok/aws/policy-checker/check-policy.ts';
import type { CheckerValues, PolicyKind } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { DiagnosisView } from './set-up-diagnosis.tsx';

type Refused = Extract<Diagnosis, { ok: false }>;

type CheckerProps = {
  values: CheckerValues;
  /** Nothing was found in a policy of this kind. */
  onSound?: (kind: PolicyKind) => void;
};

/** Checks a policy that is in AWS already. In the browser alone: what is pasted is neither sent nor kept. */
export function SetUpChecker({ values, onSound }: CheckerProps) {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<PolicyKind | 'recognise'>('recognise');
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const refused = diagnosis?.ok === false ? diagnosis : null;

  function check(): void {
    const result = checkPolicy(text, kind, values);
    setDiagnosis(result);
    if (!result.ok) showPlace(field.current, text, result);
    else if (result.findings.length === 0) onSound?.(result.kind);
  }

  return (
    <>
      <div className="grid gap-3">
        <TextareaField
          className="[&_textarea]:font-mono [&_textarea]:text-[0.8125rem]"
          error={refused ? refusedWords(refused) : null}
          hint="The trust policy or permission policy of your role, or the policy of your key, as JSON."
          id="policy-to-check"
          label="Policy to check"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setDiagnosis(null);
          }}
          ref={field}
          rows={8}
          spellCheck={false}
          value={text}
        />
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label="Kind of policy"
            onChange={(event) => {
              setKind(kinds.find(({ value }) => value === event.currentTarget.value)?.value ?? 'recognise');
              setDiagnosis(null);
            }}
            options={kinds}
            value={kind}
          />
          <Button onClick={check}>Check policy</Button>
        </div>
      </div>
      <div aria-live="polite">{diagnosis?.ok ? <DiagnosisView diagnosis={diagnosis} /> : null}</div>
    </>
  );
}

const kinds = [
  { value: 'recognise', label: 'Detect automatically' },
  { value: 'trust', label: 'Trust policy of the role' },
  { value: 'permission', label: 'Permission policy of the role' },
  { value: 'key', label: 'Key policy' },
] as const;

function refusedWords({ line, column, message }: Refused): string {
  return line === null ? message : `Line ${line}, column ${column}: ${message}`;
}

/** Puts the cursor where the text cannot be read on. */
function showPlace(field: HTMLTextAreaElement | null, text: string, { line, column }: Refused): void {
  if (!field) return;
  field.focus();
  if (line === null || column === null) return;
  const before = text.split('\n').slice(0, line - 1);
  const at = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  field.setSelectionRange(at, Math.min(at + 1, text.length));
}
