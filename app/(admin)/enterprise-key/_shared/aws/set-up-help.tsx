'use client';

import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { policyText } from '#lib/byok/aws/policies.ts';
import { OutsideLink } from '../outside-link.tsx';
import { saveFile } from '../save-file.ts';

type PolicyProps = {
  /** "trust policy": names the area, the buttons and the file. */
  name: string;
  document: object;
  link?: { href: string; words: string } | null;
  /** The downloaded file's name; otherwise it is named after the policy alone. */
  fileName?: string | undefined;
  /** The tenant's values, to be seen at once. */
  marks?: readonly string[];
};

/** One policy, complete: read it, copy it, keep it as a file, and open the page in AWS where it belongs. */
export function Policy(props: PolicyProps) {
  const { name, document, link, fileName = `keyward-${name.replaceAll(' ', '-')}.json`, marks } = props;
  const text = policyText(document);
  return (
    <CodeBlock
      actions={
        <>
          <Button
            aria-label={`Download ${name}`}
            onClick={() => saveFile(fileName, `${text}\n`, 'application/json')}
            size="small"
          >
            <Download aria-hidden="true" className="size-4" />
            Download
          </Button>
          {link ? <OutsideLink href={link.href}>{link.words}</OutsideLink> : null}
        </>
      }
      code={text}
      copyLabel={name}
      language="json"
      {...(marks ? { markedValues: marks } : {})}
    />
  );
}
