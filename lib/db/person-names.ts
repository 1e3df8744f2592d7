import 'server-only';
import { formerPerson, personIdIn } from '../byok/who.ts';
import { db } from './client.ts';

/** What people and others are called now, by what is stored of them; one question to the database, and none without a person. */
export async function namesOf(stored: Iterable<string>): Promise<(who: string) => string> {
  const ids = [...new Set([...stored].flatMap((who) => personIdIn(who) ?? []))];
  const people =
    ids.length > 0 ? await db().user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } }) : [];
  const names = new Map(people.map(({ id, email }) => [id, email]));
  return (who) => {
    const id = personIdIn(who);
    return id === undefined ? who : (names.get(id) ?? formerPerson);
  };
}

/** The same for one. */
export async function nameOf(who: string): Promise<string> {
  return (await namesOf([who]))(who);
}
