/** Bytes of bodies that a process, and in it one tenant, may have under way: read, worked on, or leaving as answers. */
export type ByteBounds = { processBytes: number; tenantBytes: number };

/**
 * The account of bytes in flight. What a body says of its length is taken before it is read, and given back when its answer has
 * left. The last part of either bound is for small bodies alone: a full batch under way keeps nobody's small ones out.
 */
export class BytesInFlight {
  readonly #bounds: ByteBounds;
  readonly #byTenant = new Map<string, number>();
  #total = 0;

  constructor(bounds: ByteBounds) {
    this.#bounds = bounds;
  }

  /** @returns undefined where they were taken, or whose bound is met */
  take(tenantId: string, bytes: number): 'tenant' | 'process' | undefined {
    const ofTenant = this.#byTenant.get(tenantId) ?? 0;
    const kept = bytes > smallBytes ? keptForSmall : 0;
    if (ofTenant + bytes > this.#bounds.tenantBytes - kept) return 'tenant';
    if (this.#total + bytes > this.#bounds.processBytes - kept) return 'process';
    this.#byTenant.set(tenantId, ofTenant + bytes);
    this.#total += bytes;
    return undefined;
  }

  give(tenantId: string, bytes: number): void {
    const left = (this.#byTenant.get(tenantId) ?? 0) - bytes;
    if (left > 0) this.#byTenant.set(tenantId, left);
    else this.#byTenant.delete(tenantId);
    this.#total -= bytes;
  }

  total(): number {
    return this.#total;
  }
}

/** Either bound lets one full batch through; what a process needs besides is about as much again. */
export const defaultBounds: ByteBounds = { processBytes: 256 * 1024 * 1024, tenantBytes: 160 * 1024 * 1024 };
export const smallBytes = 64 * 1024;
const keptForSmall = 8 * 1024 * 1024;
