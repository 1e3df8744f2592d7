import { Download } from 'lucide-react';

/** The hand-over summary of a key as a file: as it is saved at that moment. A link, so that it works without a script. */
export function HandOverLink({ keyId }: { keyId: string }) {
  return (
    <a
      className="link inline-flex items-center gap-1.5"
      download
      href={`/enterprise-key/${encodeURIComponent(keyId)}/hand-over`}
    >
      <Download aria-hidden="true" className="size-4" />
      Download hand-over summary
    </a>
  );
}
