import { LinkButton } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

/** In place of a page that does not exist, or not for this person: which of the two is nobody's business. */
export function NothingHere() {
  return (
    <>
      <PageHeader subtitle="It doesn’t exist or you don’t have access." title="Page not found" />
      <LinkButton href="/" variant="primary">
        Go to the start page
      </LinkButton>
    </>
  );
}
