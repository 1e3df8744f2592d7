import type { ServerResponse } from 'node:http';

/** The caller has gone. */
export class BrokenOff extends Error {}

/** Waits until the caller has taken what was written. @throws BrokenOff */
export function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (done: () => void) => () => {
      res.off('drain', onDrain);
      res.off('close', onClose);
      done();
    };
    const onDrain = end(resolve);
    const onClose = end(() => reject(new BrokenOff()));
    res.once('drain', onDrain);
    res.once('close', onClose);
    if (res.destroyed) onClose();
  });
}
