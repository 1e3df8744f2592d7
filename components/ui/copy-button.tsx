'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

type CopyButtonProps = Omit<ButtonProps, 'onClick' | 'pending' | 'disabledReason' | 'children'> & {
  /** What goes to the clipboard. */
  text: string;
  /** The button's words, "Copy" unless given. */
  children?: ReactNode;
};

/** Copies a text and says whether that worked: a browser may refuse the clipboard. */
export function CopyButton({ text, children = 'Copy', size = 'small', ...rest }: CopyButtonProps) {
  const [said, setSaid] = useState<'' | 'copied' | 'refused'>('');

  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), said === 'copied' ? 2_000 : 8_000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('refused');
    }
  }

  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button {...rest} onClick={copy} size={size}>
        {said === 'copied' ? (
          <Check aria-hidden="true" className="size-4 text-ok" />
        ) : (
          <Copy aria-hidden="true" className="size-4" />
        )}
        {children}
      </Button>
      <span aria-live="polite" className={said === 'refused' ? 'text-bad' : 'sr-only'}>
        {said === 'copied' ? 'Copied' : null}
        {said === 'refused' ? 'The browser did not allow it. Select the text and copy it.' : null}
      </span>
    </span>
  );
}
