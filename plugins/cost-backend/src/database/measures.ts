import { HourRow, RESOURCES, Resource } from '@headroom/plugin-cost-common';

/** Whole units a fractional hour is stored in, so that sums are exact. */
export const MICRO = 1_000_000;

/** Resources of which one can use less than one pays for. */
export const USAGE_RESOURCES = ['cpu', 'memory', 'gpu'] as const;

interface Measure {
  column: string;
  /** The stored integer; null = not known. */
  of(row: HourRow): bigint | number | null;
}

/**
 * Columns that an hour and a day have in common; every one is an integer and
 * a day is the sum of its hours.
 */
export const MEASURES: readonly Measure[] = [
  ...RESOURCES.map(resource => ({
    column: costColumn(resource),
    of: (row: HourRow) => row.cost[resource],
  })),
  ...USAGE_RESOURCES.map(resource => ({
    column: usedColumn(resource),
    of: (row: HourRow) =>
      row.unknownUsage?.includes(resource) ? 0n : row.used[resource],
  })),
  ...USAGE_RESOURCES.map(resource => ({
    column: knownColumn(resource),
    // Idle capacity is nobody's inefficiency; it has figures of its own.
    of: (row: HourRow) =>
      row.bucket === 'idle' || row.unknownUsage?.includes(resource)
        ? 0n
        : row.cost[resource],
  })),
  micro('cpu_core_microhours', row => row.cpuCoreHours),
  micro('cpu_request_core_microhours', row => row.cpuRequestCoreHours),
  micro('cpu_usage_core_microhours', row => row.cpuUsageCoreHours),
  whole('memory_byte_hours', row => row.memoryByteHours),
  whole('memory_request_byte_hours', row => row.memoryRequestByteHours),
  whole('memory_usage_byte_hours', row => row.memoryUsageByteHours),
  micro('gpu_device_microhours', row => row.gpuHours),
  // What busy hours are a part of: those that are unknown count in neither.
  micro('gpu_known_device_microhours', row =>
    busyHoursOf(row) === undefined ? 0 : row.gpuHours,
  ),
  {
    column: 'gpu_busy_device_microhours',
    of: row => {
      const busy = busyHoursOf(row);
      return busy === undefined ? null : Math.round(busy * MICRO);
    },
  },
  whole('storage_byte_hours', row => row.storageByteHours),
  whole('network_bytes', row => row.networkBytes),
];

/** Column of what was paid for a resource. */
export function costColumn(resource: Resource): string {
  return `${resource}_micros`;
}

/** Column of the part of it that was used. */
export function usedColumn(resource: Resource): string {
  return `${resource}_used_micros`;
}

/** Column of the part of what was paid whose usage is known. */
export function knownColumn(resource: Resource): string {
  return `${resource}_known_micros`;
}

function busyHoursOf(row: HourRow): number | undefined {
  return row.unknownUsage?.includes('gpu') ? undefined : row.gpuBusyHours;
}

function micro(column: string, of: (row: HourRow) => number): Measure {
  return { column, of: row => Math.round(of(row) * MICRO) };
}

function whole(column: string, of: (row: HourRow) => number): Measure {
  return { column, of: row => Math.round(of(row)) };
}
