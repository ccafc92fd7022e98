import { EndpointError } from '@headroom/plugin-clusters-node';
import { SourceProblem, Worded, splitExactly } from '@headroom/common';
import {
  CapacityType,
  describeNodeLabels,
  wordOpenCost,
} from '@headroom/plugin-cost-common';
import { microsOf } from './micros';
import { readEnvelope } from './readEnvelope';
import { fieldOf, isNode, NodeAssetItem, nodeAssetSchema } from './schema';
import { durationText, overlapMs, Span } from './span';

/** What a node cost, by resource, in micros. @internal */
export interface NodeCost {
  cpu: bigint;
  memory: bigint;
  gpu: bigint;
}

/** A node as `/assets` counted it. Quantities that it didn't say are absent. @internal */
export interface NodeAsset {
  name: string;
  /** As the server calls it. */
  cluster?: string;
  /** From when to when it was counted. */
  counted: Span;
  /** Minutes it was counted for. */
  minutes: number;
  instanceType: string;
  nodePool: string;
  region: string;
  capacityType: CapacityType;
  cpuCores?: number;
  cpuCoreHours?: number;
  memoryByteHours?: number;
  gpuDeviceHours?: number;
  cost: NodeCost;
  labels: Record<string, string>;
}

/** @internal */
export interface NodeAssetAnswer {
  nodes: NodeAsset[];
  problems: SourceProblem[];
}

/**
 * The nodes in an answer of `/assets` for a window.
 *
 * @param region - of nodes whose labels don't say
 * @throws EndpointError when it is not such an answer.
 * @internal
 */
export function readNodeAssets(
  answer: unknown,
  window: Span,
  region: string,
  source: string | Worded,
): NodeAssetAnswer {
  const nodes: NodeAsset[] = [];
  const problems: SourceProblem[] = [];
  for (const step of readEnvelope(answer, source)) {
    for (const [key, value] of Object.entries(step ?? {})) {
      if (!isNode(value)) {
        continue;
      }
      const parsed = nodeAssetSchema.safeParse(value);
      if (!parsed.success) {
        throw new EndpointError(
          'unreadable',
          wordOpenCost('nodeUnreadable', {
            what: source,
            field: fieldOf(parsed.error),
          }),
        );
      }
      const name = parsed.data.properties?.name ?? key.split('/').at(-1) ?? key;
      const node = toNode(name, parsed.data, { window, region, source });
      if ('message' in node) {
        problems.push({
          code: 'opencost-node-unknown',
          ...node,
          subject: name,
          severity: 'error',
        });
      } else {
        nodes.push(node);
      }
    }
  }
  return { nodes, problems };
}

/** The node, or what is wrong with it. */
function toNode(
  name: string,
  item: NodeAssetItem,
  {
    window: asked,
    region,
    source: what,
  }: { window: Span; region: string; source: string | Worded },
): NodeAsset | Worded {
  const { start = asked.start, end = asked.end } = item.window ?? {};
  if (start < asked.start || end > asked.end) {
    return wordOpenCost('nodeTooLong', {
      what,
      node: name,
      length: durationText(end - start),
      asked: durationText(asked.end - asked.start),
    });
  }
  const cost = toCost(item);
  if (!cost) {
    return wordOpenCost('nodeWithoutCost', { what, node: name });
  }
  const counted = { start: item.start ?? start, end: item.end ?? end };
  const labels = describeNodeLabels(item.labels);
  const instanceType = item.nodeType ?? labels.instanceType ?? '';
  return {
    name,
    cluster: item.properties?.cluster,
    counted,
    minutes: item.minutes ?? (counted.end - counted.start) / 60_000,
    instanceType,
    nodePool: item.pool ?? labels.nodePool ?? (instanceType || 'default'),
    region: labels.region ?? region,
    capacityType:
      (item.preemptible ?? 0) > 0 ? 'spot' : labels.capacityType ?? 'on-demand',
    cpuCores: item.cpuCores ?? undefined,
    cpuCoreHours: item.cpuCoreHours ?? undefined,
    memoryByteHours: item.ramByteHours ?? undefined,
    gpuDeviceHours: item.gpuHours ?? item.GPUHours ?? undefined,
    cost,
    labels: item.labels,
  };
}

/**
 * Splits the node's total by its parts: `totalCost` holds the discount and the
 * adjustment, which the parts don't (opencost core/pkg/opencost/asset.go:
 * (CPU + RAM) × (1 − discount) + GPU + adjustment).
 */
function toCost(item: NodeAssetItem): NodeCost | undefined {
  const { cpuCost, ramCost } = item;
  if (typeof cpuCost !== 'number' || typeof ramCost !== 'number') {
    return undefined;
  }
  if (item.gpuCost === null || typeof item.totalCost !== 'number') {
    return undefined;
  }
  const [cpu, memory, gpu] = [cpuCost, ramCost, item.gpuCost ?? 0].map(
    microsOf,
  );
  const total = microsOf(item.totalCost);
  const rest = total - gpu;
  if (rest === cpu + memory || cpu + memory <= 0n || cpu < 0n || memory < 0n) {
    return { cpu: rest - memory, memory, gpu };
  }
  const [cpuPart, memoryPart] = splitExactly(rest, [cpu, memory]);
  return { cpu: cpuPart, memory: memoryPart, gpu };
}

/**
 * The share of each node in each span, by the time it was counted there:
 * `/assets` knows no `step` and answers once for the whole window. Shares of
 * cost sum to the node's cost.
 *
 * @internal
 */
export function splitNodesBySpan(
  nodes: NodeAsset[],
  spans: Span[],
): Map<number, NodeAsset[]> {
  const bySpan = new Map<number, NodeAsset[]>(
    spans.map(({ start }) => [start, []]),
  );
  for (const node of nodes) {
    const overlaps = spans.map(span => overlapMs(span, node.counted));
    const whole = overlaps.reduce((sum, overlap) => sum + overlap, 0);
    if (whole === 0) {
      continue;
    }
    const cpu = splitExactly(node.cost.cpu, overlaps);
    const memory = splitExactly(node.cost.memory, overlaps);
    const gpu = splitExactly(node.cost.gpu, overlaps);
    spans.forEach((span, index) => {
      const share = overlaps[index] / whole;
      if (share > 0) {
        bySpan.get(span.start)?.push({
          ...node,
          counted: {
            start: Math.max(span.start, node.counted.start),
            end: Math.min(span.end, node.counted.end),
          },
          minutes: node.minutes * share,
          cpuCoreHours: times(node.cpuCoreHours, share),
          memoryByteHours: times(node.memoryByteHours, share),
          gpuDeviceHours: times(node.gpuDeviceHours, share),
          cost: { cpu: cpu[index], memory: memory[index], gpu: gpu[index] },
        });
      }
    });
  }
  return bySpan;
}

function times(value: number | undefined, share: number): number | undefined {
  return value === undefined ? undefined : value * share;
}
