/** As much freed memory stays in this process, to be used again. */
const KEPT_BYTES = 16 * 2 ** 20;

/**
 * Each garbage collection frees some megabytes of ciphertexts and plaintexts at the end of the C library's heap. glibc gives them
 * back to the system from 128 KiB on, and each page of what comes next is then fetched and cleared anew: a third of the time of
 * opening a stream, a tenth of sealing a MiB. It gives back from twice the size of the largest block on that was freed whole
 * (mallopt(3), M_TRIM_THRESHOLD and M_MMAP_THRESHOLD): one that is never written to, so that it takes no memory, is enough.
 * Where another C library serves, nothing changes.
 */
export function keepFreedMemory(): void {
  Buffer.allocUnsafeSlow(KEPT_BYTES / 2).buffer.transfer(0);
}
