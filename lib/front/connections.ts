import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FrontLimits } from './limits.ts';

/**
 * Who is connected. Whoever opens connections and is silent on them keeps nobody out: at the bound, the one that has been idle for
 * longest is closed.
 */
export class Connections {
  readonly #limits: Pick<FrontLimits, 'connections' | 'perConnection'>;
  readonly #underWay = new Map<Socket, number>();
  /** From these nothing more is taken. */
  readonly #last = new WeakSet<Socket>();
  /** The longest idle first. */
  readonly #idle = new Set<Socket>();

  constructor(limits: Pick<FrontLimits, 'connections' | 'perConnection'>) {
    this.#limits = limits;
  }

  add(socket: Socket): void {
    this.#underWay.set(socket, 0);
    this.#idle.add(socket);
    socket.once('close', () => {
      this.#underWay.delete(socket);
      this.#idle.delete(socket);
    });
    if (this.#underWay.size > this.#limits.connections)
      for (const [longest] of this.#idle.entries()) return void longest.destroy();
  }

  /** @returns false where this request is not to be answered: its connection asks for too much at once, or is about to end */
  begin(socket: Socket, res: ServerResponse): boolean {
    if (this.#last.has(socket)) return false;
    const count = (this.#underWay.get(socket) ?? 0) + 1;
    if (count > this.#limits.perConnection) {
      socket.destroy();
      return false;
    }
    this.#underWay.set(socket, count);
    this.#idle.delete(socket);
    res.once('close', () => this.#end(socket));
    return true;
  }

  /** What comes on this connection behind the request at hand is not looked at: the answer to that ends it. */
  endAfter(socket: Socket, res: ServerResponse): void {
    this.#last.add(socket);
    res.shouldKeepAlive = false;
  }

  closeIdle(): void {
    for (const socket of this.#idle) socket.destroy();
  }

  #end(socket: Socket): void {
    const count = this.#underWay.get(socket);
    if (count === undefined) return;
    this.#underWay.set(socket, count - 1);
    if (count === 1) this.#idle.add(socket);
  }
}
