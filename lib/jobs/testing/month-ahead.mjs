/** For tests, with `--import`: this process believes that it is thirty days later than it is. */
const aheadMs = 30 * 86_400_000;
const RealDate = globalThis.Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
