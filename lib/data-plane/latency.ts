/** Upper bounds in seconds: from what a warm request takes to what is given up. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Series = { route: string; counts: Float64Array; sum: number };

/**
 * A histogram by route in the shape that prom-client's registry asks for. Its own takes a microsecond for each observation,
 * which a request of thirty would feel.
 */
export class LatencyHistogram {
  readonly name = 'keyward_data_plane_request_seconds';
  readonly help = 'How long requests took, from their headers to their answer.';
  readonly type = 'histogram' as const;
  readonly aggregator = 'sum' as const;
  readonly #series = new Map<string, Series>();

  /** @returns what is told how many milliseconds each request of this route took */
  of(route: string): (ms: number) => void {
    const series = this.#series.get(route) ?? { route, counts: new Float64Array(bounds.length + 1), sum: 0 };
    this.#series.set(route, series);
    return (ms) => {
      const seconds = ms / 1_000;
      let at = 0;
      while (at < bounds.length && seconds > (bounds[at] ?? 0)) at++;
      series.counts[at] = (series.counts[at] ?? 0) + 1;
      series.sum += seconds;
    };
  }

  async get() {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: [...this.#series.values()].flatMap((one) => this.#valuesOf(one)) };
  }

  reset(): void {
    this.#series.clear();
  }

  #valuesOf({ route, counts, sum }: Series) {
    let total = 0;
    const buckets = [...counts].map((count, at) => {
      total += count;
      return { metricName: `${this.name}_bucket`, labels: { le: bounds[at] ?? '+Inf', route }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: { route }, value: sum },
      { metricName: `${this.name}_count`, labels: { route }, value: total },
    ];
  }
}
