import { PageHeader } from '#components/ui/page-header.tsx';

/** The heading of all keys together. */
export function PageHeading() {
  return <PageHeader subtitle="Bring Your Own Key" title="Enterprise Key" />;
}
