import { EndpointError } from '@headroom/plugin-clusters-node';
import { SourceProblem, Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
import { readEnvelope } from './readEnvelope';
import { AllocationItem, allocationItemSchema, fieldOf } from './schema';
import { durationText, isoOf, overlapMs, Span } from './span';

/** @internal */
export interface AllocationAnswer {
  /** Items of each span that was asked for, by its start. A span without any is not there. */
  items: Map<number, AllocationItem[]>;
  problems: SourceProblem[];
}

/**
 * Sorts an answer of `/allocation` into the spans that were asked for, by the
 * window each item states and not by the query: servers ignore parameters they
 * don't know.
 *
 * @throws EndpointError when the server ignored `step`, so that its items
 * can't be booked by the hour.
 * @internal
 */
export function readAllocations(
  answer: unknown,
  spans: Span[],
  what: string | Worded,
): AllocationAnswer {
  const steps = readEnvelope(answer, what);
  const items = new Map<number, AllocationItem[]>();
  const unreadable = new Map<number, string>();
  const misplaced = new Map<string, { window: Span; count: number }>();

  steps.forEach((step, index) => {
    const inOrder = steps.length === spans.length ? spans[index] : undefined;
    for (const [name, value] of Object.entries(step ?? {})) {
      const parsed = allocationItemSchema.safeParse(value);
      if (!parsed.success) {
        const span = inOrder ?? (spans.length === 1 ? spans[0] : undefined);
        const field = fieldOf(parsed.error);
        if (!span) {
          throw new EndpointError(
            'unreadable',
            wordOpenCost('itemUndated', { what, field }),
          );
        }
        unreadable.set(span.start, field);
        continue;
      }
      const item = { ...parsed.data, name: parsed.data.name ?? name };
      const window = statedWindow(item) ?? inOrder;
      if (!window) {
        throw new EndpointError(
          'unreadable',
          wordOpenCost('windowAbsent', {
            what,
            steps: steps.length,
            asked: spans.length,
          }),
        );
      }
      const span = spans.find(
        ({ start, end }) => start === window.start && end === window.end,
      );
      if (span) {
        const ofSpan = items.get(span.start);
        if (ofSpan) {
          ofSpan.push(item);
        } else {
          items.set(span.start, [item]);
        }
      } else {
        refuseLongStep(window, spans[0], what);
        const key = `${window.start}/${window.end}`;
        const { count } = misplaced.get(key) ?? { count: 0 };
        misplaced.set(key, { window, count: count + 1 });
      }
    }
  });

  for (const start of unreadable.keys()) {
    items.delete(start);
  }
  return {
    items,
    problems: [
      ...[...unreadable].map(([start, field]) =>
        unreadableProblem(start, field, what),
      ),
      ...[...misplaced.values()].map(({ window, count }) =>
        misplacedProblem(window, count, spans, what),
      ),
    ],
  };
}

function statedWindow({ window }: AllocationItem): Span | undefined {
  const { start, end } = window ?? {};
  return start !== undefined && end !== undefined ? { start, end } : undefined;
}

function refuseLongStep(
  window: Span,
  asked: Span,
  what: string | Worded,
): void {
  const length = window.end - window.start;
  const askedLength = asked.end - asked.start;
  if (length > askedLength) {
    throw new EndpointError(
      'unreadable',
      wordOpenCost('stepTooLong', {
        what,
        length: durationText(length),
        asked: durationText(askedLength),
      }),
    );
  }
}

function unreadableProblem(
  start: number,
  field: string,
  what: string | Worded,
): SourceProblem {
  return {
    code: 'opencost-item-unreadable',
    ...wordOpenCost('itemUnreadable', { what, field }),
    hour: isoOf(start),
    severity: 'error',
  };
}

function misplacedProblem(
  window: Span,
  count: number,
  spans: Span[],
  what: string | Worded,
): SourceProblem {
  const touched = spans.find(span => overlapMs(span, window) > 0);
  return {
    code: 'opencost-window-unaligned',
    ...wordOpenCost(touched ? 'windowUnaligned' : 'windowOutside', {
      what,
      count,
      start: isoOf(window.start),
      end: isoOf(window.end),
    }),
    hour: touched && isoOf(touched.start),
    severity: 'error',
  };
}
