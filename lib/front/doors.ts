import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Call, type ServerState } from '../data-plane/call.ts';
import { leaveUnread } from '../data-plane/unread-body.ts';
import { readInTime } from './body.ts';
import type { FrontLimits } from './limits.ts';
import { Room } from './room.ts';
import { makeSessions } from './sessions.ts';

export type Doors = {
  /** The request's body, whole; undefined where it was refused, and has been answered. `release` gives back its room. */
  pass(path: string, req: IncomingMessage, res: ServerResponse): Promise<Passed | undefined>;
  /** Whether the page that is asked for can be told who asks. The pages say in words that it cannot; their status does not. */
  knows(req: IncomingMessage): Promise<boolean>;
  fail(req: IncomingMessage, res: ServerResponse, error: unknown): void;
};

export type Passed = {
  body: Buffer | undefined;
  /** Where it is another than the request says. */
  contentType?: string;
  release(): void;
};

/** What one kind of request may bring along. */
type Door = { mostBytes: number; withinMs: number; room: Room; whose: string };

/** Decides on each body that is meant for the pages, before a byte of it is read. */
export function makeDoors(limits: FrontLimits, state: ServerState): Doors {
  const sessions = makeSessions(limits.resolving);
  const strangers = new Room(limits.strangersBytes, limits.strangersBytes);
  const people = new Room(limits.peopleBytes, limits.personBytes);
  const signIn: Door = {
    mostBytes: limits.signInBytes,
    withinMs: limits.signInWithinMs,
    room: strangers,
    whose: 'anybody',
  };

  /** Undefined for nobody. @throws where it cannot be known */
  async function doorOf(path: string, req: IncomingMessage): Promise<Door | undefined> {
    if (path.startsWith('/api/auth/')) return signIn;
    const whose = await sessions.personIn(req.headers.cookie ?? '');
    if (whose === undefined) return undefined;
    const takesNone = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
    return { mostBytes: takesNone ? 0 : limits.actionBytes, withinMs: limits.actionWithinMs, room: people, whose };
  }

  return {
    async pass(path, req, res) {
      if (!hasBody(req)) return { body: undefined, release: () => undefined };
      const door = await doorOf(path, req).catch((error: unknown) => {
        if (isOfAPage(req) && sessions.isUnavailable(error)) return undefined;
        throw error;
      });
      const refuse: Call['refuse'] = (code, more) => new Call('pages', req, res, state).refuse(code, more);
      if (!door && isOfAPage(req)) {
        leaveUnread(req);
        res.shouldKeepAlive = false;
        return withoutArguments;
      }
      if (!door) return void refuse('unauthenticated');
      const announced = lengthOf(req);
      if ((announced ?? 0) > door.mostBytes) return void refuse('too-large', tooLarge(door));
      const release = door.room.take(door.whose, announced ?? door.mostBytes);
      if (!release) return void refuse('unavailable', { retryAfterMs: 1_000, ...busy });
      const body = await readInTime(req, door).catch((error: unknown) => {
        release();
        throw error;
      });
      if (Buffer.isBuffer(body)) return { body, release };
      release();
      if (body === 'too-large') refuse('too-large', tooLarge(door));
      else if (body === 'too-slow')
        refuse('invalid-input', { status: 408, message: 'The request did not come in time.', next: 'Send it again.' });
      else res.destroy();
      return undefined;
    },
    knows: (req) => (isDocument(req) ? sessions.canBeKnown(req.headers.cookie ?? '') : Promise.resolve(true)),
    fail(req, res, error) {
      const call = new Call('pages', req, res, state);
      if (sessions.isUnavailable(error) && !res.headersSent) call.refuse('unavailable', { retryAfterMs: 1_000 });
      else call.fail(error);
    },
  };
}

/**
 * A server action of somebody whose session has ended while a form was open, or cannot be resolved. The action itself says so, in
 * words that the form shows beside what was typed: it is called, without what nobody may send.
 */
function isOfAPage(req: IncomingMessage): boolean {
  const bytes = lengthOf(req);
  return req.headers['next-action'] !== undefined && bytes !== undefined && bytes <= mostOfAPage;
}

/** What a browser shows as a page of its own, as opposed to what a page asks for. */
function isDocument({ method, headers }: IncomingMessage): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && headers.rsc === undefined && (headers.accept ?? '').includes('text/html');
}

/** Whoever sends more than forms do is told by the status alone. */
const mostOfAPage = 64 * 1024;
/** An empty list of arguments, as React writes it. */
const withoutArguments: Passed = {
  body: Buffer.from('[]'),
  contentType: 'text/plain;charset=UTF-8',
  release: () => undefined,
};

const busy = { message: 'Keyward is receiving as much as it can hold.', next: 'Try again in a moment.' };

function tooLarge({ mostBytes }: Door) {
  return { next: mostBytes === 0 ? 'Send no body here.' : `Send at most ${mostBytes / 1024} KiB.` };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What the request says of itself; undefined where it says nothing, being sent in chunks. */
function lengthOf({ headers }: IncomingMessage): number | undefined {
  return headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
}
