'use client';

import type { ReactNode } from 'react';
import { type CodeLanguage, codePieces, valuePieces } from './code-pieces.ts';
import { CopyButton } from './copy-button.tsx';
import { ScrollArea } from './scroll-area.tsx';

type CodeBlockProps = {
  code: string;
  language?: CodeLanguage;
  /** Names the scrolling area, and the copy button: "Copy <copyLabel>". */
  copyLabel: string;
  /** Lines that matter, counted from 1. Marked by ground colour and by an edge. */
  markedLines?: readonly number[];
  /** Parts of the text that are the reader's own. */
  markedValues?: readonly string[];
  /** More buttons beside Copy (download, open elsewhere). */
  actions?: ReactNode;
};

/** Code that is read and copied. Coloured lightly where the language is known; whatever it is, the text is the text. */
export function CodeBlock(props: CodeBlockProps) {
  const { code, language = 'text', copyLabel, markedLines = [], markedValues = [], actions } = props;
  const marked = new Set(markedLines);
  return (
    <div className="min-w-0">
      <ScrollArea
        className="max-h-112 overflow-auto rounded-md border border-line bg-sunk"
        ground="sunk"
        label={copyLabel}
      >
        <pre className="w-max min-w-full py-2.5 font-mono text-[0.78125rem] leading-5">
          <code>
            {code.split('\n').map((line, index) => (
              <CodeLine
                // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its number
                key={index}
                language={language}
                line={line}
                marked={marked.has(index + 1)}
                values={markedValues}
              />
            ))}
          </code>
        </pre>
      </ScrollArea>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <CopyButton aria-label={`Copy ${copyLabel}`} text={code} />
        {actions}
      </div>
    </div>
  );
}

type LineProps = { line: string; language: CodeLanguage; marked: boolean; values: readonly string[] };

function CodeLine({ line, language, marked, values }: LineProps) {
  const pieces = codePieces(line, language).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one unchanging line
    <span className={inks[piece.kind]} key={index}>
      {values.length === 0 ? piece.text : valuePieces(piece.text, values).map(inMark)}
    </span>
  ));
  if (!marked)
    return (
      <span className="block border-transparent border-l-[3px] px-3">
        {pieces}
        {'\n'}
      </span>
    );
  return (
    <mark className="block border-warn border-l-[3px] px-3">
      {pieces}
      {'\n'}
    </mark>
  );
}

function inMark({ text, own }: { text: string; own: boolean }, index: number) {
  return own ? <mark key={index}>{text}</mark> : text;
}

const inks = { plain: undefined, name: 'font-medium', text: 'text-ink', faint: 'text-ink-2' } as const;
