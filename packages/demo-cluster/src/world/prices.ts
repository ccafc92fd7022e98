import type { NodePriceEntry, PriceBook } from '@headroom/plugin-cost-common';
import { DAY_MS } from '@headroom/common';
import { hashText, jitter, mix } from './random';
import { ClusterSpec, NodePool } from './types';

/** Prices of last resort are dearer in Europe. */
const REGION_FACTOR: Record<string, number> = { 'eu-central-1': 1.19 };

/** Spot prices move once a week, on Monday. */
const WEEK_MS = 7 * DAY_MS;
/** The first Monday after 1 January 1970. */
const MONDAY_MS = 4 * DAY_MS;

/** A float as a price: enough decimals for a price per GiB-hour. */
function decimal(value: number): string {
  return value.toFixed(8).replace(/0+$/, '').replace(/\.$/, '');
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The spot prices of a pool in a window: one entry for each week. */
function spotEntries(
  pool: NodePool,
  spec: ClusterSpec,
  seed: number,
  start: Date,
  end: Date,
): NodePriceEntry[] {
  const key = mix(seed, hashText(`${spec.region}/${pool.instanceType}`));
  const entries: NodePriceEntry[] = [];
  const first = Math.floor((start.getTime() - MONDAY_MS) / WEEK_MS);
  for (let week = first; ; week++) {
    const from = MONDAY_MS + week * WEEK_MS;
    if (from >= end.getTime()) {
      return entries;
    }
    entries.push({
      instanceType: pool.instanceType,
      region: spec.region,
      capacityType: 'spot',
      hourlyPrice: (Number(pool.hourlyPrice) * jitter(key, week, 0.1)).toFixed(
        4,
      ),
      validFrom: isoDate(from),
      validTo: isoDate(from + WEEK_MS),
    });
  }
}

/** What the provider of a cluster charges in a window, in USD. */
export function priceBook(
  spec: ClusterSpec,
  seed: number,
  start: Date,
  end: Date,
): PriceBook {
  const factor = REGION_FACTOR[spec.region] ?? 1;
  const scaled = (price: number) => decimal(price * factor);
  const traffic = {
    networkZoneGib: scaled(0.01),
    networkRegionGib: scaled(0.02),
    networkInternetGib: scaled(0.09),
  };
  const storageGibHour = scaled(0.08 / 730);
  return {
    currency: 'USD',
    nodes: spec.pools.flatMap(pool =>
      pool.capacityType === 'spot'
        ? spotEntries(pool, spec, seed, start, end)
        : [
            {
              instanceType: pool.instanceType,
              region: spec.region,
              capacityType: pool.capacityType,
              hourlyPrice: pool.hourlyPrice,
            },
          ],
    ),
    gpus: [
      { model: 'A10G', hourlyPrice: scaled(0.85), capacityType: 'on-demand' },
      { model: 'A10G', hourlyPrice: scaled(0.3), capacityType: 'spot' },
      { model: 'H100', hourlyPrice: scaled(5.2), capacityType: 'on-demand' },
      { model: 'T4', hourlyPrice: scaled(0.35), capacityType: 'on-demand' },
    ],
    storageClasses: [
      { storageClass: 'gp3', gibHourPrice: scaled(0.08 / 730) },
      { storageClass: 'gp2', gibHourPrice: scaled(0.1 / 730) },
    ],
    unitPrices: {
      'on-demand': {
        cpuCoreHour: scaled(0.0345),
        memoryGibHour: scaled(0.0037),
        gpuDeviceHour: scaled(0.85),
        storageGibHour,
        ...traffic,
      },
      spot: {
        cpuCoreHour: scaled(0.0138),
        memoryGibHour: scaled(0.0015),
        gpuDeviceHour: scaled(0.3),
        storageGibHour,
        ...traffic,
      },
    },
  };
}
