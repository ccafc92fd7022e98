/** How much of what was held and used; sums of hours. @public */
export interface AllocationQuantities {
  /** Charged core-hours. */
  cpuCoreHours: number;
  cpuRequestCoreHours: number;
  cpuUsageCoreHours: number;
  memoryByteHours: number;
  memoryRequestByteHours: number;
  memoryUsageByteHours: number;
  /** Reserved device-hours. */
  gpuHours: number;
  gpuBusyHours: number;
  storageByteHours: number;
  networkBytes: number;
}

const NAMES = [
  'cpuCoreHours',
  'cpuRequestCoreHours',
  'cpuUsageCoreHours',
  'memoryByteHours',
  'memoryRequestByteHours',
  'memoryUsageByteHours',
  'gpuHours',
  'gpuBusyHours',
  'storageByteHours',
  'networkBytes',
] as const satisfies ReadonlyArray<keyof AllocationQuantities>;

/** Nothing; a new object each time. */
export function noQuantities(): AllocationQuantities {
  return Object.fromEntries(
    NAMES.map(name => [name, 0]),
  ) as unknown as AllocationQuantities;
}

/** Adds to a sum. */
export function addQuantities(
  sum: AllocationQuantities,
  part: AllocationQuantities,
): void {
  for (const name of NAMES) {
    sum[name] += part[name];
  }
}
