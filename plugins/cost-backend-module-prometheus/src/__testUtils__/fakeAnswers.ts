import { PrometheusSeries } from '@headroom/plugin-clusters-node';

/** A series with one value, or with samples at these times. */
export function series(
  labels: Record<string, string>,
  value: number | number[] = 1,
): PrometheusSeries {
  return {
    labels,
    samples: Array.isArray(value) ? value.map(at => [at, 1]) : [[0, value]],
  };
}

/** The same as a part of a query of several. */
export function part(
  name: string,
  labels: Record<string, string> = {},
  value: number | number[] = 1,
): PrometheusSeries {
  return series({ headroom_part: name, ...labels }, value);
}
