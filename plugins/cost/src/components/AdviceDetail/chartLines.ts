import { AdvisedResource, ResourceAdvice } from '@headroom/plugin-cost-common';

/** A request or limit that is drawn into a chart. */
export interface ChartLine {
  id:
    | 'request'
    | 'proposedRequest'
    | 'heldRequest'
    | 'limit'
    | 'proposedLimit'
    | 'heldLimit';
  /** Cores or bytes. */
  value: number;
}

/** Requests and limits, now and as proposed or held back, in the order of legends. A limit that is left off has no line. */
export function chartLines(advice: ResourceAdvice): ChartLine[] {
  const { current, proposed, held } = advice;
  const lines: Array<[ChartLine['id'], number | null | undefined]> = [
    ['request', current.request],
    ['proposedRequest', proposed?.request],
    ['heldRequest', proposed ? undefined : held?.request],
    ['limit', current.limit],
    ['proposedLimit', proposed?.limit],
    ['heldLimit', proposed ? undefined : held?.limit],
  ];
  return lines.flatMap(([id, value]) =>
    value === undefined || value === null ? [] : [{ id, value }],
  );
}

/** A line so much higher than everything else is left out, and said to be beyond. */
const MOST_TIMES_HIGHER = 2.5;

/** Room above the highest thing drawn. */
const ROOM = 1.08;

/**
 * Upper end of an axis: use and requests always fit; a limit does unless use
 * would be squeezed into a corner by it.
 */
export function axisEnd(peak: number, lines: readonly ChartLine[]): number {
  const requests = lines.filter(({ id }) => /request/i.test(id));
  const base = Math.max(peak, ...requests.map(({ value }) => value), 0);
  const fitting = lines
    .map(({ value }) => value)
    .filter(value => value <= base * MOST_TIMES_HIGHER);
  const end = Math.max(base, ...fitting) * ROOM;
  return end > 0 ? end : 1;
}

const NICE_STEPS = [1, 2, 2.5, 5, 10];
const NICE_BINARY_STEPS = [1, 2, 4, 8, 16];

/** Round amounts along an axis, about `count` of them: in powers of two for bytes. */
export function niceTicks(
  end: number,
  resource: AdvisedResource,
  count: number,
): number[] {
  const base = resource === 'memory' ? 16 : 10;
  const steps = resource === 'memory' ? NICE_BINARY_STEPS : NICE_STEPS;
  const wanted = end / count;
  const scale = base ** Math.floor(Math.log(wanted) / Math.log(base));
  const step = (steps.find(nice => nice * scale >= wanted) ?? base) * scale;
  return Array.from(
    { length: Math.floor(end / step) + 1 },
    (_, index) => index * step,
  );
}

/** Buckets of any width as so many of the same width, shares split in proportion. */
export function evenBuckets(
  buckets: ReadonlyArray<{ from: number; upTo: number; share: number }>,
  end: number,
  count: number,
): Array<{ from: number; upTo: number; share: number }> {
  const width = end / count;
  const shares = new Array<number>(count).fill(0);
  for (const { from, upTo, share } of buckets) {
    const span = upTo - from;
    const first = Math.min(count - 1, Math.max(0, Math.floor(from / width)));
    const last =
      span <= 0
        ? first
        : Math.min(count - 1, Math.max(first, Math.ceil(upTo / width) - 1));
    for (let index = first; index <= last; index++) {
      const overlap =
        Math.min(upTo, index === count - 1 ? upTo : (index + 1) * width) -
        Math.max(from, index * width);
      shares[index] += first === last ? share : (share * overlap) / span;
    }
  }
  return shares.map((share, index) => ({
    from: index * width,
    upTo: (index + 1) * width,
    share,
  }));
}

/** Points of a history, few enough to draw: each the highest of its time, unknown where all of it is. */
export function thinned(
  values: ReadonlyArray<number | null>,
  most: number,
): { step: number; values: Array<number | null> } {
  const step = Math.max(1, Math.ceil(values.length / most));
  const thin: Array<number | null> = [];
  for (let index = 0; index < values.length; index += step) {
    const known = values
      .slice(index, index + step)
      .filter((value): value is number => value !== null);
    thin.push(known.length > 0 ? Math.max(...known) : null);
  }
  return { step, values: thin };
}
