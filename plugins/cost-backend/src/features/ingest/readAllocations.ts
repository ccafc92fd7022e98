import { setImmediate } from 'node:timers/promises';
import {
  addResources,
  HourRow,
  NodeCostHour,
  PodHourRow,
} from '@headroom/plugin-cost-common';
import {
  AllocationSource,
  SourceAllocations,
  SourceQuery,
} from '@headroom/plugin-cost-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { HourAnswer, WindowAnswer } from './HourAnswer';
import { knownRows } from './hourKnowledge';
import { hoursBetween } from '../../core/hours';

/** Asks a source for costs that it allocated itself. */
export async function readAllocations(
  source: AllocationSource,
  query: SourceQuery,
  currency: string,
): Promise<WindowAnswer> {
  const answer = await source.allocations(query);
  if (answer.currency !== currency) {
    throw new ServiceUnavailableError(
      `The source answers in ${answer.currency}, but headroom.currency is ${currency}; set the source or headroom.currency to the other`,
    );
  }
  const rows = groupByHour(answer.rows);
  return {
    queries: answer.queries,
    containers: Math.max(0, ...[...rows.values()].map(hour => hour.length)),
    hours: hourByHour(query, answer, rows),
  };
}

async function* hourByHour(
  query: SourceQuery,
  answer: SourceAllocations,
  rows: Map<string, HourRow[]>,
): AsyncGenerator<HourAnswer> {
  const nodes = groupByHour<NodeCostHour>(answer.nodes);
  const pods = answer.pods && groupByHour<PodHourRow>(answer.pods);
  const missing = new Set(answer.missingHours.map(toKey));
  for (const hour of hoursBetween(query.start, query.end)) {
    await setImmediate();
    const key = hour.toISOString();
    const problems = answer.problems.filter(
      problem => !problem.hour || toKey(problem.hour) === key,
    );
    const hourRows = rows.get(key);
    if (missing.has(key) || !hourRows) {
      const reason = missing.has(key) ? 'no-data' : 'empty-answer';
      yield { status: 'missing', hour, reason, problems };
      continue;
    }
    const present = new Set(hourRows.map(workloadKey));
    const merged = mergeRows(hourRows);
    yield {
      status: 'complete',
      hour,
      rows: merged,
      pods: pods?.get(key),
      containers: knownRows(merged),
      nodes: nodes.get(key) ?? [],
      workloads: answer.workloads.filter(each =>
        present.has(workloadKey(each)),
      ),
      problems,
    };
  }
}

/** One row a container, capacity type and region: what the database holds. */
function mergeRows(rows: HourRow[]): HourRow[] {
  const merged = new Map<string, HourRow>();
  for (const row of rows) {
    const key = [
      row.bucket,
      workloadKey(row),
      row.capacityType,
      row.region,
    ].join('\0');
    const other = merged.get(key);
    merged.set(key, other ? addRows(other, row) : row);
  }
  return [...merged.values()];
}

function addRows(a: HourRow, b: HourRow): HourRow {
  const unknown = [...(a.unknownUsage ?? []), ...(b.unknownUsage ?? [])];
  return {
    ...a,
    cost: addResources(a.cost, b.cost),
    used: addResources(a.used, b.used),
    ...(unknown.length > 0 && { unknownUsage: [...new Set(unknown)] }),
    cpuCoreHours: a.cpuCoreHours + b.cpuCoreHours,
    cpuRequestCoreHours: a.cpuRequestCoreHours + b.cpuRequestCoreHours,
    cpuUsageCoreHours: a.cpuUsageCoreHours + b.cpuUsageCoreHours,
    memoryByteHours: a.memoryByteHours + b.memoryByteHours,
    memoryRequestByteHours: a.memoryRequestByteHours + b.memoryRequestByteHours,
    memoryUsageByteHours: a.memoryUsageByteHours + b.memoryUsageByteHours,
    gpuHours: a.gpuHours + b.gpuHours,
    gpuBusyHours: addBusy(a, b),
    storageByteHours: a.storageByteHours + b.storageByteHours,
    networkBytes: a.networkBytes + b.networkBytes,
  };
}

/** Unknown as soon as it is unknown of devices on either side. */
function addBusy(a: HourRow, b: HourRow): number | undefined {
  const known = [a, b].filter(({ gpuHours }) => gpuHours > 0);
  return known.length === 0 ||
    known.some(({ gpuBusyHours }) => gpuBusyHours === undefined)
    ? undefined
    : known.reduce((sum, { gpuBusyHours }) => sum + (gpuBusyHours ?? 0), 0);
}

function workloadKey(row: {
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
}): string {
  return [row.namespace, row.workloadKind, row.workload, row.container].join(
    '\0',
  );
}

function groupByHour<T extends { hour: string }>(
  rows: readonly T[],
): Map<string, T[]> {
  const byHour = new Map<string, T[]>();
  for (const row of rows) {
    const key = toKey(row.hour);
    const group = byHour.get(key);
    if (group) {
      group.push(row);
    } else {
      byHour.set(key, [row]);
    }
  }
  return byHour;
}

function toKey(hour: string): string {
  return new Date(hour).toISOString();
}
