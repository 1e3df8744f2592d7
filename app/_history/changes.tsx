import { absoluteWords } from '#components/ui/relative-words.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { visible } from '#lib/byok/visible-text.ts';
import { changesOf } from './diff.ts';
import { fieldName } from './words.ts';

/** What an event changed, field by field; nothing where it changed nothing. */
export function ChangeTable({ operation, before, after }: { operation: string; before: unknown; after: unknown }) {
  // How often something was refused is told in the sentence.
  const changes = changesOf(before, after).filter(({ field }) => !field.startsWith('repeated.'));
  if (changes.length === 0) return null;
  const isChange = changes.some((change) => change.before !== null);
  return (
    <section>
      <h3 className="mb-1 font-[550] text-[0.8125rem] text-ink-2">{isChange ? 'What changed' : 'Details'}</h3>
      <Table label={isChange ? 'What changed' : 'Details'}>
        <Thead>
          <tr>
            <Th>Field</Th>
            {isChange ? <Th>Before</Th> : null}
            <Th>{isChange ? 'After' : 'Value'}</Th>
          </tr>
        </Thead>
        <Tbody>
          {changes.map((change) => (
            <Tr key={change.field}>
              <Td className="text-ink-2">{fieldName(change.field, operation)}</Td>
              {isChange ? <Td className="wrap-anywhere">{plain(change.before)}</Td> : null}
              <Td className="wrap-anywhere">{plain(change.after)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  );
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function plain(value: string | null): string {
  if (value === null) return '–';
  if (instant.test(value)) return absoluteWords(Date.parse(value), 'UTC');
  if (value === 'true') return 'yes';
  return value === 'false' ? 'no' : visible(value);
}
