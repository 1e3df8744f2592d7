import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { CustomerRequest } from '#lib/byok/vendor-views.ts';
import { sendWords } from './tenant-words.ts';

/** A message for the customer whose move it is: what failed, for whom, on which key, and what to change. */
export function SendToCustomer({ request }: { request: CustomerRequest }) {
  const { says, next, facts, policy, link, text } = request;
  return (
    <Panel aria-labelledby="send">
      <PanelHeader
        actions={
          <CopyButton size="normal" text={text} variant="primary">
            Copy message
          </CopyButton>
        }
        description={sendWords.description}
        id="send"
        title={sendWords.title}
      />
      <div className="grid gap-3 rounded-control border border-line bg-bg px-4 py-3.5">
        <p className="wrap-anywhere max-w-[54em]">{says}</p>
        <dl className="pairs sm:grid-cols-[max-content_minmax(0,1fr)]">
          {facts.map(({ name, value }) => (
            <div className="contents" key={name}>
              <dt className="text-[0.8125rem] text-ink-2">{name}</dt>
              <dd className="wrap-anywhere min-w-0 font-mono text-[0.8125rem]">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="wrap-anywhere max-w-[54em]">{next}</p>
        {policy ? (
          <CodeBlock
            code={policy.text}
            copyLabel={policy.name.toLowerCase()}
            language="json"
            markedLines={policy.markedLines.flatMap(([first, last]) =>
              Array.from({ length: last - first + 1 }, (_, index) => first + index),
            )}
          />
        ) : null}
        {link ? (
          <p className="text-[0.8125rem]">
            <a className="link" href={link.url} rel="noreferrer" target="_blank">
              {link.label}
            </a>
            <span className="text-ink-2"> {sendWords.linkNote}</span>
          </p>
        ) : null}
      </div>
    </Panel>
  );
}
