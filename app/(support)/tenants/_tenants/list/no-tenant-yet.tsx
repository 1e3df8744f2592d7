import { EmptyState } from '#components/ui/empty-state.tsx';

/** A fresh installation: what there is to do, in order. The button for the first of it stands in the page's header. */
export function NoTenantYet({ mayCreate }: { mayCreate: boolean }) {
  if (!mayCreate) {
    return (
      <EmptyState title="There is no tenant yet.">
        <p>An operator creates the first one.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There is no tenant yet.">
      <ol className="mx-auto mt-2 max-w-max list-decimal space-y-1 pl-5 text-left">
        <li>Create a tenant for your first customer.</li>
        <li>On its page, create its apps and bots.</li>
        <li>Under Tokens, create a token for the service that encrypts their data.</li>
        <li>On the tenant’s page, create its administrator, who then connects a key.</li>
      </ol>
    </EmptyState>
  );
}
