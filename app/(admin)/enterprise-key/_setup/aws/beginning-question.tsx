'use client';

import { classNames } from '#components/ui/class-names.ts';
import type { AwsMode, Beginning } from './aws-mode.ts';
import { beginnings } from './aws-mode.ts';
import { awsWords } from './aws-words.ts';

type QuestionProps = {
  question: AwsMode['question'];
  value: Beginning | null;
  onChoose: (value: Beginning) => void;
};

/** The one question that the step begins with. */
export function BeginningQuestion({ question, value, onChoose }: QuestionProps) {
  return (
    <fieldset className="mb-4 grid min-w-0 gap-3 sm:grid-cols-2">
      <legend className="sr-only">{awsWords.question}</legend>
      {beginnings.map((one) => (
        <label
          className={classNames(
            'flex items-start gap-3 rounded-panel border bg-panel px-4 py-3 hover:bg-hover',
            value === one ? 'border-act shadow-[inset_0_0_0_1px_var(--act)]' : 'border-edge',
          )}
          key={one}
        >
          <input
            checked={value === one}
            className="mt-0.5 size-4.5 shrink-0 accent-act"
            name="beginning"
            onChange={() => onChoose(one)}
            type="radio"
            value={one}
          />
          <span className="min-w-0">
            <span className="block font-medium">{question[one].label}</span>
            <span className="block text-[0.8125rem] text-ink-2">{question[one].hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
