import { z } from 'zod';

/**
 * A number that may be missing (this version lacks the field) or null (the
 * server computed NaN or infinity). Both mean "unknown", never 0.
 */
const figure = z.number().nullish();

const text = z
  .string()
  .nullish()
  .transform(value => value || undefined);

const labels = z
  .record(z.string(), z.string().nullable())
  .nullish()
  .transform(value =>
    Object.fromEntries(
      Object.entries(value ?? {}).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      ),
    ),
  );

/** Milliseconds since the epoch. */
const instant = z
  .string()
  .nullish()
  .transform((value, context) => {
    const millis = value ? Date.parse(value) : undefined;
    if (Number.isNaN(millis)) {
      context.addIssue({ code: 'custom', message: 'not a time' });
      return z.NEVER;
    }
    return millis;
  });

const span = z.object({ start: instant, end: instant }).nullish();

/**
 * One item of `/allocation` (opencost core/pkg/opencost/allocation_json.go).
 * Costs are plain amounts; averages are over the item's own minutes.
 *
 * @internal
 */
export const allocationItemSchema = z.object({
  name: text,
  properties: z
    .object({
      cluster: text,
      node: text,
      namespace: text,
      controllerKind: text,
      controller: text,
      pod: text,
      container: text,
      services: z.array(z.string()).nullish(),
      labels,
      annotations: labels,
    })
    .nullish(),
  window: span,
  start: instant,
  end: instant,
  minutes: figure,

  cpuCoreHours: figure,
  cpuCoreRequestAverage: figure,
  cpuCoreUsageAverage: figure,
  cpuCost: figure,
  cpuCostAdjustment: figure,

  ramByteHours: figure,
  ramByteRequestAverage: figure,
  ramByteUsageAverage: figure,
  ramCost: figure,
  ramCostAdjustment: figure,

  gpuHours: figure,
  gpuCost: figure,
  gpuCostAdjustment: figure,
  // Versions of 2024 have the average beside the hours, later ones in gpuAllocation.
  gpuUsageAverage: figure,
  gpuAllocation: z.object({ gpuUsageAverage: figure }).nullish(),

  pvByteHours: figure,
  pvCost: figure,
  pvCostAdjustment: figure,

  networkTransferBytes: figure,
  networkReceiveBytes: figure,
  networkCost: figure,
  networkCostAdjustment: figure,
  loadBalancerCost: figure,
  loadBalancerCostAdjustment: figure,

  sharedCost: figure,
  externalCost: figure,
  totalCost: figure,
});

/**
 * The field of the first thing that is wrong, for a message. Keys of labels are
 * not ours and stay out of it.
 *
 * @internal
 */
export function fieldOf(error: z.ZodError): string {
  const { path } = error.issues[0];
  const until = path.indexOf('labels');
  return (until < 0 ? path : path.slice(0, until + 1)).join('.');
}

/** @internal */
export type AllocationItem = z.infer<typeof allocationItemSchema>;

/**
 * An item that ends before it began: OpenCost answers them for pods without a
 * sample in a short window (opencost#4057).
 *
 * @internal
 */
export function endsBeforeItBegan(item: AllocationItem): boolean {
  const { start, end, minutes } = item;
  return (
    (typeof minutes === 'number' && minutes < 0) ||
    (start !== undefined && end !== undefined && end < start)
  );
}

/**
 * One item of `/assets` (opencost core/pkg/opencost/asset_json.go) of type
 * `Node`. Disks and load balancers reach us through allocations.
 *
 * @internal
 */
export const nodeAssetSchema = z.object({
  properties: z.object({ cluster: text, name: text }).nullish(),
  labels,
  window: span,
  start: instant,
  end: instant,
  minutes: figure,
  nodeType: text,
  pool: text,
  cpuCores: figure,
  cpuCoreHours: figure,
  ramByteHours: figure,
  gpuHours: figure,
  // The spelling of OpenCost; Kubecost and later ones may use the other.
  GPUHours: figure,
  preemptible: figure,
  cpuCost: figure,
  gpuCost: figure,
  ramCost: figure,
  totalCost: figure,
});

/** @internal */
export type NodeAssetItem = z.infer<typeof nodeAssetSchema>;

const nodeType = z.object({ type: z.literal('Node') });

/** Whether an asset is a node; others need not be readable. @internal */
export function isNode(asset: unknown): boolean {
  return nodeType.safeParse(asset).success;
}

/**
 * What both endpoints wrap their answer in. `data` is a list with one map a
 * step, one bare map, or null; a step may be null. Items are checked one by
 * one: one bad item must cost one hour, not the whole window.
 *
 * @internal
 */
export const envelopeSchema = z.object({
  code: z.number().nullish(),
  data: z.union([
    z.array(z.record(z.string(), z.unknown()).nullable()),
    z.record(z.string(), z.unknown()),
    z.null(),
  ]),
});
