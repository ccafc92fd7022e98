import { SourceAllocations } from '@headroom/plugin-cost-node';
import { SourceProblem, Worded, WorkloadIdentity } from '@headroom/common';
import { PodHourRow, wordOpenCost } from '@headroom/plugin-cost-common';
import { AllocationAnswer, readAllocations } from './answer/readAllocations';
import { readNodeAssets, splitNodesBySpan } from './answer/readNodeAssets';
import { onlyCluster } from './answer/onlyCluster';
import { isoOf, Span } from './answer/span';
import { AllocationItem } from './answer/schema';
import { checkNodes } from './reconcile/checkNodes';
import { checkSums, WindowSums } from './reconcile/checkSums';
import { costOf } from './mapping/itemCost';
import { gpuUsageAverage } from './mapping/usage';
import { readHour, sumItems } from './readHour';

/** What the server said about a window. @internal */
export interface WindowAnswers {
  /** `/allocation` by container. */
  allocation: unknown;
  /** `/allocation` by cluster. */
  coarse: unknown;
  /** `/assets`; absent when the server has no such endpoint. */
  assets?: unknown;
}

/** @internal */
export interface WindowContext {
  /** The hours that were asked for, in order. */
  spans: Span[];
  cluster: string;
  /** Of capacity whose labels don't say. */
  region: string;
  currency: string;
}

/**
 * Answers of OpenCost as rows. Pure.
 *
 * @throws EndpointError when they can't be understood, or not by the hour.
 * @internal
 */
export function readWindow(
  answers: WindowAnswers,
  context: WindowContext,
): Omit<SourceAllocations, 'queries'> {
  const { spans, cluster, region, currency } = context;
  const what = wordOpenCost('openCostOf', { cluster });
  const fine = readAllocations(answers.allocation, spans, what);
  const coarse = readAllocations(
    answers.coarse,
    spans,
    wordOpenCost('byCluster', { what }),
  );
  const assets = readNodeAssets(
    answers.assets ?? { data: null },
    { start: spans[0].start, end: spans[spans.length - 1].end },
    region,
    wordOpenCost('assetsOf', { what }),
  );
  const items = [...fine.items.values()].flat();
  const ours = onlyCluster(
    [...items.map(clusterOf), ...assets.nodes.map(node => node.cluster)],
    cluster,
    what,
  );
  const nodes = assets.nodes.filter(node => ours(node.cluster));
  const itemsOf = (answer: AllocationAnswer, span: Span) =>
    (answer.items.get(span.start) ?? []).filter(item => ours(clusterOf(item)));
  const nodesBySpan = splitNodesBySpan(nodes, spans);
  const gpuMeasured = isGpuMeasured(items);

  const pods: PodHourRow[] = [];
  const result: Omit<SourceAllocations, 'queries'> = {
    currency,
    rows: [],
    pods,
    nodes: [],
    workloads: [],
    missingHours: [],
    problems: [
      ...fine.problems,
      ...assets.problems,
      ...checkNodes(nodes, what),
      ...(gpuMeasured === false ? [gpuUnmeasured(what)] : []),
    ],
  };
  const workloads = new Map<string, WorkloadIdentity>();
  const sums: WindowSums = {
    capacity: 0n,
    total: 0n,
    figures: 0,
    hasIdle: false,
    nodes: { cost: 0n, count: 0 },
    coarse: { total: 0n, figures: 0 },
  };
  for (const span of spans) {
    const ofSpan = nodesBySpan.get(span.start) ?? [];
    const answer = readHour({
      span,
      items: itemsOf(fine, span),
      nodes: ofSpan,
      region,
      currency,
      gpuMeasured: gpuMeasured !== false,
      what,
    });
    if (!answer) {
      result.missingHours.push(isoOf(span.start));
      continue;
    }
    result.rows.push(...answer.rows);
    pods.push(...answer.pods);
    result.nodes.push(...answer.nodes);
    result.problems.push(...answer.problems);
    for (const workload of answer.workloads) {
      // The newest labels of a workload are the ones that hold.
      workloads.set(identityKey(workload), workload);
    }
    addSums(sums, answer);
    for (const { cost } of ofSpan) {
      addNode(sums, cost.cpu + cost.memory + cost.gpu);
    }
    addCoarse(sums, itemsOf(coarse, span));
  }
  result.workloads = [...workloads.values()];
  result.problems.push(...checkSums(sums, currency, what));
  return result;
}

function clusterOf({ properties }: AllocationItem): string | undefined {
  return properties?.cluster;
}

/** Undefined = there are no GPUs to measure. */
function isGpuMeasured(items: AllocationItem[]): boolean | undefined {
  const averages = items
    .filter(item => (item.gpuHours ?? 0) > 0 && item.properties?.pod)
    .map(gpuUsageAverage);
  return averages.length === 0
    ? undefined
    : averages.some(average => average !== undefined && average > 0);
}

function gpuUnmeasured(what: Worded): SourceProblem {
  return {
    code: 'opencost-gpu-usage-unmeasured',
    ...wordOpenCost('gpuUseUnmeasured', { what }),
    severity: 'info',
  };
}

function identityKey(workload: WorkloadIdentity): string {
  const { namespace, workloadKind, container } = workload;
  return JSON.stringify([
    namespace,
    workloadKind,
    workload.workload,
    container,
  ]);
}

function addSums(
  sums: WindowSums,
  hour: Pick<WindowSums, 'capacity' | 'total' | 'figures' | 'hasIdle'>,
): void {
  sums.capacity += hour.capacity;
  sums.total += hour.total;
  sums.figures += hour.figures;
  sums.hasIdle ||= hour.hasIdle;
}

function addNode(sums: WindowSums, cost: bigint): void {
  if (sums.nodes) {
    sums.nodes.cost += cost;
    sums.nodes.count += 1;
  }
}

/** A comparison with hours the coarse answer lacks would be of different hours. */
function addCoarse(sums: WindowSums, items: AllocationItem[]): void {
  if (!sums.coarse || items.length === 0) {
    sums.coarse = undefined;
    return;
  }
  const { total, figures } = sumItems(
    items.map(item => ({ cost: costOf(item) })),
  );
  sums.coarse.total += total;
  sums.coarse.figures += figures;
}
