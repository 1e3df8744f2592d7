'use client';

import { CircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { late } from '#components/ui/late.tsx';
import type { Term } from '#lib/byok/glossary.ts';

// Loaded when it is opened: the words are for those who ask.
const GlossarySheet = late(() => import('./glossary-sheet.tsx').then((module) => module.GlossarySheet));

type HelpTermProps = {
  term: Term;
  /** Where a field is called by the word itself: so that the field alone has its name. */
  label?: string;
};

/** A small "?" beside a heading or label, never inside it: it says what the word means, and leads to the others. */
export function HelpTerm({ term, label = `What does “${term}” mean?` }: HelpTermProps) {
  const [open, setOpen] = useState<boolean | null>(null);
  return (
    <>
      <Button
        aria-expanded={open === true}
        aria-label={label}
        className="size-6 min-h-6 min-w-6 shrink-0 p-0 print:hidden"
        onClick={() => setOpen(true)}
        size="square"
        variant="ghost"
      >
        <CircleQuestionMark aria-hidden="true" className="size-3.75" strokeWidth={1.6} />
      </Button>
      {open === null ? null : <GlossarySheet onOpenChange={setOpen} open={open} term={term} />}
    </>
  );
}
