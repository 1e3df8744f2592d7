'use client';

import { momentIn } from './reader-time.ts';
import type { Sentence } from './sentences/sentence.ts';

/** A sentence with its names in bold and its instants on the reader's own clock. */
export function SentenceText({ sentence, zone }: { sentence: Sentence; zone: string }) {
  return sentence.map((piece, index) => {
    // A sentence never changes: where a piece stands names it.
    const key = `${index}`;
    if (typeof piece === 'string') return <span key={key}>{piece}</span>;
    if ('name' in piece)
      return (
        <b className="font-[550]" key={key}>
          {piece.name}
        </b>
      );
    return (
      <time dateTime={piece.at} key={key}>
        {momentIn(piece.at, zone)}
      </time>
    );
  });
}
