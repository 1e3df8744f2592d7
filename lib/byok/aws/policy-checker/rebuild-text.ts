/** Puts a policy together again: what stays is copied from the text as it was written, what is new is printed. */
import { policyText } from '../policies.ts';
import type { PolicyText } from './open-envelope.ts';
import type { JsonObject } from './policy-shape.ts';
import type { Json, JsonNode } from './read-json.ts';
import { documentElements, versions } from './read-policy.ts';

/** A statement of the text, by its place, or a new one. */
export type Piece = { stays: number } | { put: JsonObject };

export function rebuildText(policy: PolicyText, pieces: readonly Piece[]): string {
  const { text, statement, statements } = policy;
  const isWritten = text.includes('\n') && statement?.items !== undefined && statements.length > 0;
  if (!isWritten || problemsBeside(policy)) return printed(policy, pieces);
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last) return printed(policy, pieces);
  const lead = text.slice(statement.from + 1, first.from);
  const second = statements[1];
  const between = second ? text.slice(first.to, second.from) : `,${lead}`;
  const indent = /\n([ \t]*)$/.exec(lead)?.[1] ?? '';
  const written = pieces.map((piece) =>
    'stays' in piece ? wordsOf(text, statements[piece.stays]) : policyText(piece.put).replaceAll('\n', `\n${indent}`),
  );
  const list = `[${lead}${written.join(between)}${text.slice(last.to, statement.to)}`;
  return `${text.slice(0, statement.from)}${list}${text.slice(statement.to)}`;
}

/** A statement as it was written. */
export function wordsOf(text: string, node: JsonNode | undefined): string {
  return node ? text.slice(node.from, node.to) : '';
}

/** Elements beside the statements that AWS does not take. */
export function elementsThatGo({ members }: PolicyText): string[] {
  return [...members.keys()].filter((name) => !documentElements.includes(name) && name.toLowerCase() !== 'statement');
}

function problemsBeside(policy: PolicyText): boolean {
  const version = policy.members.get('Version');
  const badVersion = version !== undefined && !versions.includes(version.value);
  return badVersion || elementsThatGo(policy).length > 0 || !policy.members.has('Statement');
}

function printed(policy: PolicyText, pieces: readonly Piece[]): string {
  const gone = elementsThatGo(policy);
  const document: { [name: string]: Json } = {};
  for (const [name, { value }] of policy.members) {
    if (gone.includes(name)) continue;
    if (name.toLowerCase() === 'statement') document.Statement = null;
    else document[name] = name === 'Version' && !versions.includes(value) ? '2012-10-17' : value;
  }
  document.Statement = pieces.map((piece) =>
    'stays' in piece ? (policy.statements[piece.stays]?.value ?? null) : piece.put,
  );
  return policyText(document);
}
