import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { PagedRows, TenantPerson } from '#lib/byok/vendor-views.ts';
import { CreatePerson } from './create-person.tsx';
import { PageLinks } from './page-links.tsx';

type PeopleProps = {
  tenantId: string;
  people: PagedRows<TenantPerson>;
  mayCreate: boolean;
  /** Where another page of the list is. */
  address: (page: number) => string;
};

/** Who can sign in for the tenant. */
export function People({ tenantId, people, mayCreate, address }: PeopleProps) {
  return (
    <Panel aria-labelledby="people">
      <PanelHeader
        description="Administrators connect keys and select apps. Viewers see status and history."
        id="people"
        title="People"
      />
      {people.total === 0 ? (
        <EmptyState title="No account yet.">
          <p>
            {mayCreate
              ? 'Create its administrator below: no one else can connect a key.'
              : 'An operator creates the tenant’s administrator.'}
          </p>
        </EmptyState>
      ) : (
        <Table label="People">
          <Thead>
            <Tr>
              <Th>Email</Th>
              <Th>Role</Th>
              <Th>Password</Th>
              <Th>Created</Th>
            </Tr>
          </Thead>
          <Tbody>
            {people.rows.map((person) => (
              <Tr key={person.id}>
                <Th className="wrap-anywhere min-w-48" scope="row">
                  {person.email}
                </Th>
                <Td>{person.role === 'admin' ? 'Administrator' : 'Viewer'}</Td>
                <Td>{person.mustChangePassword ? <Badge tone="warn">One-time, not changed yet</Badge> : 'Chosen'}</Td>
                <Td className="text-ink-2">
                  <RelativeTime at={person.createdAt} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      <PageLinks address={address} label="people" paged={people} />
      {mayCreate ? <CreatePerson tenantId={tenantId} /> : null}
    </Panel>
  );
}
