import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { countOf, formatCount } from '#lib/byok/format.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { incompleteStep, whatItMeans } from './incomplete-words.ts';

/** The data keys that a key transition could not take along, why not, and what to do about each. */
export function Incomplete({ transition }: { transition: TransitionView }) {
  const { failures } = transition;
  if (failures.length === 0) return null;
  const more = transition.dataKeys.failed - failures.length;
  return (
    <section aria-labelledby="incomplete" className="mt-5 border-line border-t pt-4">
      <h3 className="scroll-mt-16 font-semibold" id="incomplete">
        Not rewrapped: {countOf(transition.dataKeys.failed, 'data key')}
      </h3>
      <p className="mt-0.5 mb-2 max-w-[75ch] text-ink-2">{whatItMeans[transition.kind]}</p>
      <Table label="Data keys that were not rewrapped">
        <Thead>
          <tr>
            <Th>App or bot</Th>
            <Th>Reason and next step</Th>
            <Th numeric>Tries</Th>
            <Th className="pl-3">Last try</Th>
            <Th>Data key</Th>
          </tr>
        </Thead>
        <Tbody>
          {failures.map((failure) => (
            <Tr key={failure.dataKeyId}>
              <Th className="min-w-32 font-normal" scope="row">
                {failure.appName}
              </Th>
              <Td className="min-w-64 max-w-120">
                {failure.detail} <span className="text-ink-2">{incompleteStep(failure.code)}</span>
              </Td>
              <Td numeric>{formatCount(failure.attempts)}</Td>
              <Td className="min-w-28 pl-3 text-ink-2">
                <RelativeTime at={failure.lastAt} />
              </Td>
              <Td className="min-w-40 break-all font-mono text-[0.75rem]">{failure.dataKeyId}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {more > 0 ? (
        <p className="mt-2 text-ink-2">These are the first that failed; {formatCount(more)} more are not shown.</p>
      ) : null}
    </section>
  );
}
