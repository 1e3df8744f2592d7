import Link from 'next/link';
import { PageHeader } from '#components/ui/page-header.tsx';

/** The heading that all pages of this section share; `back` leads from one key to all of them. */
export function PageHeading({ back = false }: { back?: boolean }) {
  const allKeys = (
    <>
      Bring Your Own Key ·{' '}
      <Link className="link" href="/enterprise-key">
        All keys
      </Link>
    </>
  );
  return <PageHeader title="Enterprise Key" subtitle={back ? allKeys : 'Bring Your Own Key'} />;
}
