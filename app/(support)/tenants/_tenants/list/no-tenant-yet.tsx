import { EmptyState } from '#components/ui/empty-state.tsx';

/** A fresh installation: what there is to do, in order. The button for the first of it stands in the page's header. */
export function NoTenantYet({ mayCreate }: { mayCreate: boolean }) {
  if (!mayCreate) return <EmptyState title="There is no tenant yet.">An operator creates the first one.</EmptyState>;
  return (
    <section aria-labelledby="set-up">
      <h2 className="font-semibold text-[0.9375rem]" id="set-up">
        There is no tenant yet
      </h2>
      <p className="text-ink-2">Three steps until a customer can connect a key. Each can also be done by a command.</p>
      <ol className="mt-3.5 divide-y divide-line">
        {steps.map((step, index) => (
          <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-3 last:pb-0" key={step.title}>
            <span
              aria-hidden="true"
              className="mt-px grid size-5.5 shrink-0 place-items-center rounded-full border border-edge text-ink-2 text-xs"
            >
              {index + 1}
            </span>
            <div className="min-w-0 flex-1 basis-60">
              <h3 className={index === 0 ? 'font-semibold' : 'font-semibold text-ink-2'}>{step.title}</h3>
              <p className="text-ink-2">{step.text}</p>
              <ul className="mt-1">
                {step.commands.map((command) => (
                  <li key={command}>
                    <code className="wrap-anywhere font-mono text-[0.78125rem] text-ink-3">{command}</code>
                  </li>
                ))}
              </ul>
            </div>
            {index > 0 ? (
              <span className="basis-full pl-8.5 text-[0.8125rem] text-ink-3 sm:basis-auto sm:pl-0">
                Needs a tenant
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

const steps = [
  {
    title: 'Create your first tenant',
    text: 'A customer with its home region. Keyward makes its external ID once.',
    commands: ['npm run tenant -- create Acme --region us-east-1 --ref acme'],
  },
  {
    title: 'Connect your service',
    text: 'Create its app on the tenant’s page. Under Tokens, create a token for the service that encrypts its data.',
    commands: ['npm run app -- create "Agent desktop" --tenant acme --ref desk-1 --kind app'],
  },
  {
    title: 'Create its administrator',
    text: 'Under People on the tenant’s page. The administrator then selects Create Key.',
    commands: ['npm run person -- create admin@acme.example --tenant acme --role admin'],
  },
] as const;
