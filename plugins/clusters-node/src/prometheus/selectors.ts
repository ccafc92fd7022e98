/** @public */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One condition of a selector. For `=~` and `!~` the value is an RE2 expression. @public */
export interface LabelMatcher {
  label: string;
  operator: MatchOperator;
  value: string;
}

/** A PromQL instant vector selector as a value: `metric{label="value"}`. @public */
export interface Selector {
  /** One metric, several (`__name__=~"a|b"`). */
  metric: string | string[];
  matchers: LabelMatcher[];
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Half a surrogate pair, which UTF-8 can't encode. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LEGACY_LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Whether Prometheus 3 takes a text as a label's name: any UTF-8 that is not
 * empty. Older versions take `[a-zA-Z_][a-zA-Z0-9_]*` only.
 *
 * @public
 */
export function isLabelName(name: string): boolean {
  return name !== '' && !LONE_SURROGATE.test(name);
}

/**
 * The selector with `label="value"` added for each entry: how a cluster is
 * picked out of a Thanos or Mimir that many share. A matcher on the same label
 * stays, so that the result is never wider than either.
 *
 * @public
 */
export function applyMatchers(
  selector: Selector,
  matchers: Record<string, string>,
): Selector {
  const added = Object.entries(matchers).map(
    ([label, value]): LabelMatcher => ({ label, operator: '=', value }),
  );
  return { ...selector, matchers: [...selector.matchers, ...added] };
}

/**
 * PromQL text of a selector. Label names of letters, digits and underscores are
 * written as every version reads them, others in quotes as Prometheus 3 does.
 *
 * @throws Error for names PromQL doesn't take; names are ours, never a user's.
 * @public
 */
export function formatSelector(selector: Selector): string {
  const metrics = [selector.metric].flat();
  for (const metric of metrics) {
    assertName(metric, METRIC_NAME);
  }
  const conditions = selector.matchers.map(({ label, operator, value }) => {
    return `${formatLabelName(label)}${operator}${quoteLabelValue(value)}`;
  });
  if (metrics.length === 1) {
    return conditions.length === 0
      ? metrics[0]
      : `${metrics[0]}{${conditions.join(',')}}`;
  }
  const names = `__name__=~${quoteLabelValue(anyOf(metrics))}`;
  return `{${[names, ...conditions].join(',')}}`;
}

function formatLabelName(name: string): string {
  if (!isLabelName(name)) {
    throw new Error(`'${name}' is not a label name in PromQL`);
  }
  return LEGACY_LABEL_NAME.test(name) ? name : quoteLabelValue(name);
}

/** The value as a double-quoted PromQL string (Go escapes). @public */
export function quoteLabelValue(value: string): string {
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}

/** RE2 text that matches exactly this string (as Go's `regexp.QuoteMeta`). @public */
export function escapeRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** RE2 text that matches exactly these strings; Prometheus anchors it. @public */
export function anyOf(values: string[]): string {
  return values.map(escapeRegex).join('|');
}

function assertName(name: string, pattern: RegExp): void {
  if (!pattern.test(name)) {
    throw new Error(`'${name}' is not a name in PromQL`);
  }
}
