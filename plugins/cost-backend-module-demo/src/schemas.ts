import { GPU_BASES, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { containerHours, isHourSamples } from './containerHours';

const seconds = z.number().min(0).max(3600);
const amount = z.number().min(0);
const price = z.string().regex(/^\d+(\.\d+)?$/);
const capacityType = z.enum(['on-demand', 'spot']);
const hour = z.iso.datetime();

const nodeHour = z.object({
  hour,
  node: z.string(),
  instanceType: z.string().optional(),
  region: z.string().optional(),
  zone: z.string().optional(),
  capacityType,
  nodePool: z.string().optional(),
  providerId: z.string().optional(),
  cpuCores: amount,
  memoryBytes: amount,
  gpuDevices: amount,
  gpuModel: z.string().optional(),
  upSeconds: seconds,
  hourlyPrice: price.optional(),
  priceCurrency: z.string().optional(),
});

const hourSamples = z.custom<Array<number | null>>(
  isHourSamples,
  `must be ${SLOTS_PER_HOUR} amounts or nulls`,
);
const busySamples = z.custom<Array<number | null>>(
  value => isHourSamples(value) && value.every(share => (share ?? 0) <= 1),
  `must be ${SLOTS_PER_HOUR} shares or nulls`,
);

const share = z.number().min(0).max(1);
const count = z.number().int().min(0);

const gpuDeviceHour = z.object({
  hour,
  node: z.string(),
  board: z.string(),
  instance: z.string().optional(),
  model: z.string().optional(),
  sharing: z.enum(['whole', 'time-slicing', 'mps', 'mig', 'fraction', 'dra']),
  profile: z.string().optional(),
  boardShare: share,
  replicas: count.optional(),
  memoryBytes: amount.optional(),
  busyShare: busySamples.optional(),
  memoryUsedBytes: hourSamples.optional(),
  powerWatts: amount.optional(),
  poweredSeconds: seconds.optional(),
  basis: z.enum(GPU_BASES).optional(),
  readings: count,
  setAside: z.partialRecord(
    z.enum([
      'impossible',
      'latched',
      'unlabelled',
      'profiling-silent',
      'too-few',
    ]),
    count,
  ),
  tenants: z.array(
    z.object({
      namespace: z.string(),
      pod: z.string(),
      container: z.string(),
      heldSeconds: seconds,
      share: share.optional(),
    }),
  ),
  tenantsKnown: z.boolean(),
});

const volumeHour = z.object({
  hour,
  namespace: z.string(),
  claim: z.string(),
  storageClass: z.string().optional(),
  region: z.string().optional(),
  capacityByteSeconds: amount,
  pods: z.array(z.string()),
});

const networkHour = z.object({
  hour,
  namespace: z.string(),
  pod: z.string(),
  crossZoneBytes: amount.optional(),
  crossRegionBytes: amount.optional(),
  internetBytes: amount.optional(),
});

const problem = z.object({
  code: z.string(),
  message: z.string(),
  hour: hour.optional(),
  subject: z.string().optional(),
  severity: z.enum(['info', 'warning', 'error']),
});

/** `GET usage`. */
export const usageSchema = z.object({
  nodes: z.array(nodeHour),
  containers: containerHours,
  volumes: z.array(volumeHour),
  network: z.array(networkHour),
  devices: z.array(gpuDeviceHour).optional(),
  missingHours: z.array(hour),
  problems: z.array(problem),
  queries: z.number().int().min(0),
});

const unitPrices = z.object({
  cpuCoreHour: price,
  memoryGibHour: price,
  gpuDeviceHour: price,
  storageGibHour: price,
  networkZoneGib: price,
  networkRegionGib: price,
  networkInternetGib: price,
});

/** `GET prices`. */
export const pricesSchema = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  nodes: z.array(
    z.object({
      instanceType: z.string(),
      region: z.string().optional(),
      capacityType,
      hourlyPrice: price,
      validFrom: z.iso.date().optional(),
      validTo: z.iso.date().optional(),
    }),
  ),
  gpus: z.array(
    z.object({
      model: z.string(),
      hourlyPrice: price,
      capacityType: capacityType.optional(),
    }),
  ),
  storageClasses: z.array(
    z.object({
      storageClass: z.string(),
      gibHourPrice: price,
      region: z.string().optional(),
    }),
  ),
  unitPrices: z.object({ 'on-demand': unitPrices, spot: unitPrices }),
});

/** `GET units`. */
export const unitsSchema = z.object({
  units: z.array(
    z.object({
      hour,
      metric: z.string(),
      quantity: amount,
      failed: amount.optional(),
      match: z.object({ entityRef: z.string() }),
    }),
  ),
});

/** `GET levels`. */
export const levelsSchema = z.object({
  levels: z.array(
    z.object({
      hour,
      requests: amount,
      errors: amount.optional(),
      latency: z.record(z.string().regex(/^(\d+(\.\d+)?|\+Inf)$/), amount),
      match: z.object({ entityRef: z.string() }),
    }),
  ),
});

/** `GET info`. */
export const infoSchema = z.object({
  simulation: z.literal(true),
  cluster: z.string(),
  region: z.string(),
  firstHour: hour,
});

/** `GET bills`. */
export const billsSchema = z.object({
  months: z.array(
    z.object({
      month: z.string().regex(/^\d{4}-\d\d$/),
      version: z.string(),
      start: z.iso.date(),
      end: z.iso.date(),
    }),
  ),
});

/** `GET bill`. */
export const billSchema = z.object({
  header: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
});
