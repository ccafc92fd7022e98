/** One time series of an answer. @public */
export interface PrometheusSeries {
  /** Labels, `__name__` among them when the expression kept it. */
  labels: Record<string, string>;
  /** `[seconds since 1970, value]`, oldest first; only finite values. */
  samples: Array<[number, number]>;
  /**
   * Seconds since 1970 at which the value was NaN or infinite: something was said,
   * and what isn't known. Absent = never.
   */
  unknownAt?: number[];
}

/** @public */
export interface PrometheusAnswer {
  series: PrometheusSeries[];
  /**
   * What the server warns of, e.g. Thanos of a partial response, in words of
   * ours: what it says itself may echo what was sent to it.
   */
  warnings: string[];
}

/**
 * Reads the body of `/api/v1/query` or `/api/v1/query_range`; undefined when
 * it hasn't that shape.
 *
 * @internal
 */
export function parseAnswer(body: unknown): PrometheusAnswer | undefined {
  if (!isRecord(body) || body.status !== 'success' || !isRecord(body.data)) {
    return undefined;
  }
  const { resultType, result } = body.data;
  if (!Array.isArray(result)) {
    return undefined;
  }
  const answer: PrometheusAnswer = {
    series: [],
    warnings: readWarnings(body.warnings),
  };
  if (resultType === 'scalar') {
    addSeries(answer, {}, [result]);
    return answer;
  }
  if (resultType !== 'vector' && resultType !== 'matrix') {
    return undefined;
  }
  for (const item of result) {
    if (!isRecord(item)) {
      return undefined;
    }
    const labels = isRecord(item.metric)
      ? (item.metric as Record<string, string>)
      : {};
    const raw = resultType === 'vector' ? [item.value] : item.values;
    // Native histograms have `histogram(s)` instead; nothing here asks for them.
    addSeries(answer, labels, Array.isArray(raw) ? raw : []);
  }
  return answer;
}

const WARNINGS: Array<[pattern: RegExp, meaning: string]> = [
  [/no storeapis? matched/i, 'no store has what was asked for'],
  [
    /receive series|rpc error|deadline exceeded|unavailable|connection refused|partial/i,
    'a part of it did not answer',
  ],
  [/promql warning/i, 'the query met series it is not made for'],
];

function readWarnings(value: unknown): string[] {
  const texts = Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
  const meanings = texts.map(
    text =>
      WARNINGS.find(([pattern]) => pattern.test(text))?.[1] ??
      'it gives a reason of its own, which its log says',
  );
  return [...new Set(meanings)];
}

function addSeries(
  answer: PrometheusAnswer,
  labels: Record<string, string>,
  raw: unknown[],
): void {
  const samples: Array<[number, number]> = [];
  const unknownAt: number[] = [];
  for (const pair of raw) {
    if (Array.isArray(pair) && typeof pair[0] === 'number') {
      const value = toNumber(pair[1]);
      if (Number.isFinite(value)) {
        samples.push([pair[0], value]);
      } else {
        unknownAt.push(pair[0]);
      }
    }
  }
  if (samples.length > 0 || unknownAt.length > 0) {
    answer.series.push({
      labels,
      samples,
      ...(unknownAt.length > 0 && { unknownAt }),
    });
  }
}

/** Prometheus writes values as strings: `1.5`, `NaN`, `+Inf`, `-Inf`. */
function toNumber(value: unknown): number {
  return typeof value === 'string' && value.trim() !== ''
    ? Number(value)
    : Number.NaN;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
