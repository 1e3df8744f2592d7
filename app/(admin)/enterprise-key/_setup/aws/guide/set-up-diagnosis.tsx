'use client';

import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import type { Diagnosis } from '#lib/byok/aws/policy-checker/check-policy.ts';
import type { Finding, Severity } from '#lib/byok/aws/policy-checker/finding.ts';
import { findingWords } from '#lib/byok/aws/policy-checker/finding-words.ts';
import type { PolicyKind } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { plural } from '#lib/byok/format.ts';

type Sound = Extract<Diagnosis, { ok: true }>;
type Corrected = NonNullable<Sound['corrected']>;

/** What was found in a policy, each with where and why, what goes from it, and the whole policy as it would be right. */
export function DiagnosisView({ diagnosis: { kind, findings, corrected, correctable } }: { diagnosis: Sound }) {
  const name = kindNames[kind];
  if (findings.length === 0) {
    return (
      <Callout className="mt-4 mb-0" title={`Nothing is wrong with this ${name}.`} tone="ok">
        <p>It lets Keyward do what it needs, and nothing else.</p>
      </Callout>
    );
  }
  return (
    <div className="mt-4">
      <h3 className="font-semibold">
        {plural(findings.length, 'One thing', `${findings.length} things`)} found in this {name}
      </h3>
      <FindingList findings={findings} />
      {corrected ? (
        <div className="mt-4">
          <GoneList gone={corrected.gone} name={name} />
          <h3 className="font-semibold">The {name}, corrected</h3>
          <p className="mt-0.5 mb-2 text-ink-2">{changeWords(corrected)}</p>
          <CodeBlock
            code={corrected.text}
            copyLabel={`corrected ${name}`}
            language="json"
            markedLines={corrected.changedLines}
          />
          {corrected.left.length === 0 ? null : (
            <>
              <h3 className="mt-4 font-semibold">Still found in the corrected {name}, for you to decide</h3>
              <p className="mt-0.5 text-ink-2">
                These statements are not about Keyward, so they stay as you wrote them. Statement numbers refer to the
                corrected text.
              </p>
              <FindingList findings={corrected.left} />
            </>
          )}
        </div>
      ) : null}
      {corrected === null && correctable ? (
        <p className="mt-3 text-ink-2">
          There is no corrected text: these statements are not about Keyward, and only you know what they should say.
        </p>
      ) : null}
      {correctable ? null : (
        <p className="mt-3 text-ink-2">
          The corrected text has to name your key. Paste the key’s ARN in step 2, or name one key in the policy.
        </p>
      )}
    </div>
  );
}

function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="mt-2 divide-y divide-line">
      {findings.map((finding, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew by each check, and only then
        <FindingItem finding={finding} key={at} />
      ))}
    </ul>
  );
}

/** What of the pasted policy does not stay, word for word, before the text that would take its place. */
function GoneList({ gone, name }: { gone: Corrected['gone']; name: string }) {
  if (gone.length === 0) return null;
  return (
    <div className="mb-4">
      <h3 className="font-semibold">What is removed from your {name}</h3>
      <p className="mt-0.5 mb-2 text-ink-2">This is the current text. Keep a copy if anything else depends on it.</p>
      <div className="space-y-3">
        {gone.map((one) => (
          <div key={`${one.statement} ${one.name}`}>
            <p className="mb-1 text-[0.8125rem] text-ink-2">{goneWords(one)}</p>
            <CodeBlock code={one.text} copyLabel={goneWords(one)} language="json" />
          </div>
        ))}
      </div>
    </div>
  );
}

function goneWords({ statement, name, how }: Corrected['gone'][number]): string {
  const what = statement === null ? `Element ${name}` : `Statement ${statement + 1}${name ? `, ${name}` : ''}`;
  return `${what}: ${how === 'removed' ? 'is removed' : 'is changed'}`;
}

function FindingItem({ finding: { code, statement, field, detail } }: { finding: Finding }) {
  const { severity, title, meaning, next } = findingWords[code];
  const { tone, words } = severities[severity];
  const where = [statement === null ? 'Whole policy' : `Statement ${statement + 1}`, field].filter(Boolean).join(', ');
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Badge tone={tone}>{words}</Badge>
        <strong className="min-w-0 font-medium">{title}</strong>
      </p>
      <p className="mt-1 break-words text-[0.8125rem] text-ink-2">
        {where}
        {detail ? (
          <>
            : <code className="break-all font-mono">{detail}</code>
          </>
        ) : null}
      </p>
      <p className="mt-1">
        {meaning} {next}
      </p>
    </li>
  );
}

const severities = {
  refused: { tone: 'bad', words: 'AWS refuses it' },
  fails: { tone: 'bad', words: 'Does not work' },
  open: { tone: 'bad', words: 'Open to everyone' },
  wide: { tone: 'warn', words: 'Too wide' },
  risk: { tone: 'idle', words: 'Worth knowing' },
} as const satisfies Record<Severity, { tone: Tone; words: string }>;

const kindNames = {
  trust: 'trust policy',
  permission: 'permission policy',
  key: 'key policy',
} as const satisfies Record<PolicyKind, string>;

function changeWords({ changedLines, removedLines }: Corrected): string {
  const gone =
    removedLines === 0
      ? ''
      : ` ${plural(removedLines, 'One of your lines is', `${removedLines} of your lines are`)} removed.`;
  if (changedLines.length === 0) return `Nothing was added.${gone}`;
  return `The highlighted lines are new or changed.${gone} Statements that are not about Keyward stay as they were.`;
}
