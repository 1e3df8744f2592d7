/**
 * Finds the policy in what somebody pasted: it may stand by itself, be a part of what the AWS CLI answered, be encoded for an
 * address or in a JSON string, or be a list of statements. What is opened here is checked as if it had been pasted bare.
 */
import { policyText } from '../policies.ts';
import { decodings } from './decode-text.ts';
import type { PolicyKind } from './policy-shape.ts';
import { type JsonNode, type JsonProblem, readTree } from './read-json.ts';
import { recogniseKind } from './recognise-kind.ts';
import { nameOfLanguage } from './recognise-language.ts';

/** A policy by itself: its text, its elements, and its statements with their places in the text. */
export type PolicyText = {
  text: string;
  members: Map<string, JsonNode>;
  /** The list of statements, or the one statement that stands in its place; undefined where there is none. */
  statement: JsonNode | undefined;
  statements: JsonNode[];
};

export type Opened = { ok: true; policy: PolicyText } | { ok: false; problem: JsonProblem | { message: string } };

export function openEnvelope(text: string, kind: PolicyKind | 'recognise'): Opened {
  const { found, problem } = policiesIn(text, 0);
  const wanted = found.length > 1 ? chosen(found, kind) : found;
  const [policy] = wanted;
  if (policy !== undefined && wanted.length === 1) {
    // Where a template has still to fill something in, nobody can say what AWS will get.
    const isTemplate = /"(?:Fn::\w+|Ref)"\s*:/.test(policy);
    return isTemplate ? { ok: false, problem: { message: template } } : { ok: true, policy: asPolicy(policy) };
  }
  if (found.length > 1) {
    return { ok: false, problem: { message: `There are ${found.length} policies in this. Paste the one to check.` } };
  }
  return { ok: false, problem: problem ?? { message: 'This is JSON, but not a policy: it has no Statement.' } };
}

const template =
  'This is a part of a CloudFormation template. It does not show what its functions (Ref, Fn::…) return. Paste the policy as AWS shows it.';

type Found = { found: string[]; problem?: JsonProblem | { message: string } };

/** A policy is rarely wrapped twice; it keeps a text of wrappings from being opened for ever. */
const maxDepth = 4;

function policiesIn(text: string, depth: number): Found {
  const read = readTree(text);
  if (read.ok) return { found: policiesAt(read.node, { text, depth, isBare: true }) };
  if (depth < maxDepth) {
    for (const decoded of decodings(text)) {
      const inside = policiesIn(decoded, depth + 1);
      if (inside.found.length > 0) return inside;
    }
  }
  const language = nameOfLanguage(text);
  return { found: [], problem: language === undefined ? read.problem : { message: language } };
}

type Place = { text: string; depth: number; isBare: boolean };

function policiesAt(node: JsonNode, place: Place): string[] {
  if (isPolicy(node)) return [ownText(node, place)];
  if (typeof node.value === 'string') {
    const inside = node.value.trim();
    const mayHold = place.depth < maxDepth && /^(?:[{["]|%7B|%5B|%22)/i.test(inside);
    return mayHold ? policiesIn(inside, place.depth + 1).found : [];
  }
  const inside = [...(node.items ?? []), ...(node.members?.values() ?? [])];
  return inside.flatMap((one) => policiesAt(one, { ...place, isBare: false }));
}

/** A document, a statement by itself, or a list of statements. */
function isPolicy(node: JsonNode): boolean {
  if (node.items) return node.items.length > 0 && node.items.every(isStatement);
  const names = [...(node.members?.keys() ?? [])];
  return names.some((name) => name.toLowerCase() === 'statement') || isStatement(node);
}

function isStatement({ members }: JsonNode): boolean {
  return members?.has('Effect') === true && !members.has('Statement');
}

/** As it was written where it stood by itself on lines of its own; otherwise printed as one would write it. */
function ownText(node: JsonNode, { text, isBare }: Place): string {
  const written = text.slice(node.from, node.to);
  if (node.items || isStatement(node)) {
    return policyText({ Version: '2012-10-17', Statement: node.items ? node.value : [node.value] });
  }
  return isBare && written.includes('\n') ? written : policyText(node.value as object);
}

function chosen(found: readonly string[], kind: PolicyKind | 'recognise'): string[] {
  if (kind === 'recognise') return [];
  return found.filter((text) => recogniseKind(asPolicy(text).statements.map(({ value }) => value)) === kind);
}

/** A document by itself, as somebody reads it. */
export function asPolicy(text: string): PolicyText {
  const read = readTree(text);
  const members = read.ok ? (read.node.members ?? new Map<string, JsonNode>()) : new Map<string, JsonNode>();
  // Misspelt it is refused by AWS, and what stands in it is what was meant all the same.
  const name = [...members.keys()].find((one) => one.toLowerCase() === 'statement') ?? 'Statement';
  const statement = members.get(name);
  return { text, members, statement, statements: statement?.items ?? (statement ? [statement] : []) };
}
