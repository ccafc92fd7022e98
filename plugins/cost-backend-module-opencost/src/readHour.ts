import { SourceProblem, Worded, WorkloadIdentity } from '@headroom/common';
import {
  HourRow,
  NodeCostHour,
  PodHourRow,
  sumPods,
  totalOf,
} from '@headroom/plugin-cost-common';
import { NodeAsset } from './answer/readNodeAssets';
import { AllocationItem, endsBeforeItBegan } from './answer/schema';
import { isoOf, Span } from './answer/span';
import { checkCoverage } from './reconcile/checkCoverage';
import { checkItems, ReadItem } from './reconcile/checkItems';
import { chargedByNode, idleQuantityOf } from './mapping/idleQuantity';
import { costOf } from './mapping/itemCost';
import { nodeCostHoursOf } from './mapping/nodeCostHours';
import { placeOf, placeOfClusterIdle } from './mapping/place';
import { kindOf } from './mapping/reserved';
import { Rows } from './mapping/Rows';
import { usageOf } from './mapping/usage';
import { podOf, workloadLabels, workloadOf } from './mapping/workload';

/** @internal */
export interface HourInput {
  /** The hour; a test may give another span, its rows are then of its start. */
  span: Span;
  items: AllocationItem[];
  nodes: NodeAsset[];
  /** Of capacity whose labels don't say. */
  region: string;
  currency: string;
  /** False when no GPU use was measured: then its zeros mean nothing. */
  gpuMeasured: boolean;
  /** What was asked, for messages. */
  what: string | Worded;
}

/** @internal */
export interface HourAnswer {
  rows: HourRow[];
  /** The same, pod by pod. */
  pods: PodHourRow[];
  nodes: NodeCostHour[];
  workloads: WorkloadIdentity[];
  problems: SourceProblem[];
  /** CPU, memory and GPU of all items, idle included, in micros. */
  capacity: bigint;
  total: bigint;
  figures: number;
  hasIdle: boolean;
}

/**
 * One hour of OpenCost as rows; undefined when it could not compute any cost
 * of the hour. Pure.
 *
 * @internal
 */
export function readHour(input: HourInput): HourAnswer | undefined {
  const { span, nodes, region, currency, gpuMeasured, what } = input;
  const hour = isoOf(span.start);
  const items: ReadItem[] = input.items.map(item => ({
    item,
    kind: kindOf(item),
    cost: costOf(item),
  }));
  if (!items.some(({ item }) => typeof item.cpuCost === 'number')) {
    return undefined;
  }

  const byName = new Map(nodes.map(node => [node.name, node]));
  const charged = chargedByNode(input.items);
  const rows = Rows.create({ hour });
  const workloads: WorkloadIdentity[] = [];
  for (const { item, kind, cost } of items) {
    if (endsBeforeItBegan(item) && !costsAnything(cost)) {
      continue; // it was not there in this hour
    }
    const nodeName = item.properties?.node;
    const node = nodeName === undefined ? undefined : byName.get(nodeName);
    const place = placeOf(item, node, region);
    const usage = usageOf(item);
    if (!gpuMeasured) {
      delete usage.gpuBusyHours;
    }
    if (kind === 'idle') {
      const ofNode = nodeName !== undefined && !nodeName.startsWith('__');
      const concerned = ofNode
        ? [node].filter(one => one !== undefined)
        : nodes;
      rows.addIdle(
        ofNode ? place : placeOfClusterIdle(nodes, region),
        cost,
        idleQuantityOf(concerned, charged),
      );
    } else if (kind === 'unmounted') {
      rows.addUnmounted(place, cost, usage);
    } else {
      const key = workloadOf(item);
      rows.addWorkload({ ...key, ...podOf(item) }, place, cost, usage);
      if (kind === 'container') {
        const labels = workloadLabels(item, node);
        workloads.push({ ...key, labels, labelsSanitized: true });
      }
    }
  }

  const totals = sumItems(items);
  const pods = rows.toArray();
  return {
    rows: sumPods(pods),
    pods,
    nodes: nodeCostHoursOf(hour, nodes),
    workloads,
    problems: [
      ...checkItems(items, hour, currency, what),
      ...checkCoverage({
        span,
        items: input.items,
        nodes,
        capacityCost: totals.capacity,
        currency,
        what,
      }),
    ],
    ...totals,
    hasIdle: items.some(({ kind }) => kind === 'idle'),
  };
}

function costsAnything({ cost }: ReadItem['cost']): boolean {
  return Object.values(cost).some(amount => amount !== 0n);
}

/** What items cost in all, and in node capacity. @internal */
export function sumItems(items: Array<Pick<ReadItem, 'cost'>>): {
  capacity: bigint;
  total: bigint;
  figures: number;
} {
  let capacity = 0n;
  let total = 0n;
  let figures = 0;
  for (const { cost } of items) {
    capacity += cost.cost.cpu + cost.cost.memory + cost.cost.gpu;
    total += totalOf(cost.cost);
    figures += cost.figures;
  }
  return { capacity, total, figures };
}
