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

  /** @returns false where this connection asks for too much at once, and has been closed */
  begin(socket: Socket, res: ServerResponse): boolean {
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
