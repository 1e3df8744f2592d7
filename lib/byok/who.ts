/**
 * Who did something, as it is stored: a person by ID, so that a name can be erased without touching what it stands in; "Keyward",
 * "token kw_ab12…" and "command line (root)" as they are. Names are resolved when an answer leaves an operation.
 */
const person = /^person:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function personWho(id: string): string {
  return `person:${id}`;
}

/** The person's ID; undefined where it was no person, or an account that had gone before people were stored by ID. */
export function personIdIn(who: string): string | undefined {
  return person.exec(who)?.[1];
}

/** For a person whose account is no more. */
export const formerPerson = 'a former user';
