import { SourceProblem, Worded, multiplyDecimal } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
import { NodeAsset } from '../answer/readNodeAssets';
import { AllocationItem, endsBeforeItBegan } from '../answer/schema';
import { isoOf, overlapMs, Span } from '../answer/span';
import { kindOf } from '../mapping/reserved';
import { amountText, minutesText, namesOf, percentText, textOf } from './text';

const MINUTE_MS = 60_000;
/** Times are given to the second, minutes to 5 decimals. */
const TOLERANCE_MINUTES = 1 / 60;
/** Missing shares below this are worth a note, not a warning. */
const WARNING_SHARE = 0.005;

/** @internal */
export interface CoverageInput {
  span: Span;
  items: AllocationItem[];
  nodes: NodeAsset[];
  /** CPU, memory and GPU of all items, idle included, in micros. */
  capacityCost: bigint;
  currency: string;
  what: string | Worded;
}

/**
 * Whether OpenCost counted the whole span. It loses steps at the edges of a
 * window (opencost#3164), so that nodes and idle are too cheap while the pods
 * on them are right. Says by how much; repairs nothing.
 *
 * @internal
 */
export function checkCoverage(input: CoverageInput): SourceProblem[] {
  const items = input.items.filter(item => !endsBeforeItBegan(item));
  const sound = { ...input, items };
  const problem = shortNodes(sound) ?? shortIdle(sound) ?? shortAnswer(sound);
  return problem ? [problem] : [];
}

/** Nodes that were counted for less time than pods ran on them. */
function shortNodes(input: CoverageInput): SourceProblem | undefined {
  const { span, items, nodes, currency, what } = input;
  const longestPod = new Map<string, number>();
  for (const item of items) {
    const node = item.properties?.node;
    if (node && kindOf(item) === 'container') {
      const minutes = minutesIn(item, span);
      longestPod.set(node, Math.max(longestPod.get(node) ?? 0, minutes));
    }
  }
  // A node without pods is short when another that was counted for the very same time is.
  const expectedBySpan = new Map<string, number>();
  for (const node of nodes) {
    const minutes = longestPod.get(node.name) ?? 0;
    if (minutes > node.minutes + TOLERANCE_MINUTES) {
      const key = spanKey(node.counted);
      expectedBySpan.set(key, Math.max(expectedBySpan.get(key) ?? 0, minutes));
    }
  }
  const short = nodes.flatMap(node => {
    const expected = expectedBySpan.get(spanKey(node.counted));
    return expected === undefined || expected <= node.minutes
      ? []
      : [{ node, expected }];
  });
  if (short.length === 0) {
    return undefined;
  }
  const counted = sum(short.map(({ node }) => node.minutes));
  const expected = sum(short.map(entry => entry.expected));
  let cost = 0n;
  let missing = 0n;
  for (const entry of short) {
    const { cpu, memory, gpu } = entry.node.cost;
    cost += cpu + memory + gpu;
    missing += missingOf(
      cpu + memory + gpu,
      entry.node.minutes,
      entry.expected,
    );
  }
  // What is missing rounds to nothing, unless nothing at all was counted.
  if (missing === 0n && counted > 0) {
    return undefined;
  }
  const alike = short.every(
    entry =>
      entry.node.minutes === short[0].node.minutes &&
      entry.expected === short[0].expected,
  );
  const names = namesOf(short.map(({ node }) => node.name));
  const said = { count: short.length, nodes: names };
  const minutes = alike
    ? wordOpenCost('minutesOfEach', {
        ...said,
        counted: minutesText(short[0].node.minutes),
        expected: minutesText(short[0].expected),
      })
    : wordOpenCost('minutesTogether', {
        ...said,
        counted: minutesText(counted),
        expected: minutesText(expected),
      });
  const share =
    cost + missing > 0n
      ? Number(missing) / Number(cost + missing)
      : 1 - counted / expected;
  return {
    code: 'opencost-window-short',
    ...wordOpenCost('nodesShort', {
      what,
      minutes,
      missing:
        missing > 0n
          ? wordOpenCost('costMissingAbout', {
              share: percentText(share),
              amount: amountText(missing, currency),
            })
          : wordOpenCost('costMissing', { share: percentText(share) }),
    }),
    hour: isoOf(span.start),
    subject: textOf(names),
    severity: severityOf(share),
  };
}

/** Idle that was counted for less time than the longest pod. */
function shortIdle(input: CoverageInput): SourceProblem | undefined {
  const { span, items, capacityCost, currency, what } = input;
  const minutesOf = (idle: boolean) =>
    items
      .filter(item => (kindOf(item) === 'idle') === idle)
      .map(item => minutesIn(item, span));
  const idleMinutes = minutesOf(true);
  const counted = longest(idleMinutes);
  const expected = longest(minutesOf(false));
  if (idleMinutes.length === 0 || counted + TOLERANCE_MINUTES >= expected) {
    return undefined;
  }
  const missing = missingOf(capacityCost, counted, expected);
  if (missing === 0n && counted > 0) {
    return undefined;
  }
  const share = 1 - counted / expected;
  const said = {
    what,
    counted: minutesText(counted),
    expected: minutesText(expected),
    share: percentText(share),
  };
  return {
    code: 'opencost-window-short',
    ...(missing > 0n
      ? wordOpenCost('idleShortAbout', {
          ...said,
          amount: amountText(missing, currency),
        })
      : wordOpenCost('idleShort', said)),
    hour: isoOf(span.start),
    subject: '__idle__',
    severity: severityOf(share),
  };
}

/** Nothing at all was counted for the whole span. */
function shortAnswer(input: CoverageInput): SourceProblem | undefined {
  const { span, items, what } = input;
  const union = {
    start: Math.min(...items.map(item => item.start ?? span.start)),
    end: Math.max(...items.map(item => item.end ?? span.end)),
  };
  const throughout = items.filter(
    ({ start = span.start, end = span.end }) =>
      start === union.start && end === union.end,
  );
  // Without an item that was there throughout, pods took turns.
  const short =
    throughout.length > 0
      ? longest(throughout.map(item => minutesIn(item, span)))
      : overlapMs(union, span) / MINUTE_MS;
  const expected = (span.end - span.start) / MINUTE_MS;
  if (short + TOLERANCE_MINUTES >= expected) {
    return undefined;
  }
  const share = 1 - short / expected;
  return {
    code: 'opencost-window-short',
    ...wordOpenCost('answerShort', {
      what,
      counted: minutesText(short),
      expected: minutesText(expected),
      share: percentText(share),
    }),
    hour: isoOf(span.start),
    severity: severityOf(share),
  };
}

/** Minutes an item was counted for within a span. */
function minutesIn(item: AllocationItem, span: Span): number {
  const { start = span.start, end = span.end } = item;
  const fromTimes = overlapMs({ start, end }, span) / MINUTE_MS;
  return typeof item.minutes === 'number'
    ? Math.max(0, Math.min(item.minutes, fromTimes))
    : fromTimes;
}

/** What would have to be added if the missing minutes cost as much as the counted ones. */
function missingOf(cost: bigint, counted: number, expected: number): bigint {
  const perCounted = counted > 0 ? expected / counted - 1 : 0;
  return (cost * multiplyDecimal('1', perCounted)) / 1_000_000n;
}

function severityOf(share: number): SourceProblem['severity'] {
  return share >= WARNING_SHARE ? 'warning' : 'info';
}

function spanKey({ start, end }: Span): string {
  return `${start}/${end}`;
}

function longest(minutes: number[]): number {
  return minutes.reduce((a, b) => Math.max(a, b), 0);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
