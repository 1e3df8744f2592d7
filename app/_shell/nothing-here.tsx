import { LinkButton } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { errorWords } from '#lib/byok/errors.ts';

/** In place of a page that does not exist, or not for this person. */
export function NothingHere() {
  const { title, meaning } = errorWords['not-found'];
  return (
    <>
      <PageHeader subtitle={meaning} title={title} />
      <LinkButton href="/" variant="primary">
        Go to the start page
      </LinkButton>
    </>
  );
}
