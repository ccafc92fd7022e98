import {
  convertMicros,
  decimalToMicros,
  microsToDecimal,
} from '@headroom/common';
import { AWS_LINEAR, AWS_SIZES, AWS_UNEVEN } from './awsFamilies.data';
import { AZURE_SERIES, AZURE_SIZES, AZURE_SPOT } from './azurePrices.data';
import {
  AWS_EU_CENTRAL_1,
  AWS_REPRICED,
  AWS_US,
  DEFAULT_UNIT_PRICES,
  FamilyPrices,
  GPU_DEVICES,
  GPU_PRICE_CUT,
  GPU_SPOT_SHARE,
  LISTED_SINCE,
  OTHER_SPOT_SHARE,
  SPOT_SHARE,
} from './builtInPrices.data';
import { priceOfQuantities } from './decimalPrices';
import { ATTACHED_GPUS, WINDOWS_CORE_HOUR } from './extraPrices.data';
import {
  GCP_CUSTOM,
  GCP_CUSTOM_REGIONS,
  GCP_CUSTOM_SPOT_SHARE,
  GCP_FAMILIES,
  GCP_MACHINES,
  GCP_SPOT_SHARE,
  GcpShape,
} from './gcpPrices.data';
import { POD_PRICES } from './podPrices.data';
import { HOURS_OF_MONTH, STORAGE_GIB_MONTH } from './storagePrices.data';
import {
  CustomPriceEntry,
  GpuPriceEntry,
  NodePriceEntry,
  PriceBook,
} from './types';

/**
 * Public list prices in USD for common instance types of AWS, GCP and Azure in
 * some of their regions, GPU models, pods of Fargate, Azure Container Instances
 * and GKE Autopilot, and OpenCost's default unit prices. Good for a first look;
 * configuration and price sources win.
 *
 * Spot entries of nodes are *representative*: a common share of the on-demand
 * price of their family. The files `*.data.ts` name the source of every figure.
 *
 * @public
 */
export const builtInPriceBook: PriceBook = {
  currency: 'USD',
  nodes: withSpot([
    ...listed(AWS_US, 'us-east-1'),
    ...listed(AWS_US, 'us-west-2'),
    ...listed(AWS_EU_CENTRAL_1, 'eu-central-1'),
    ...repriced(),
    ...['us-east-1', 'us-west-2'].flatMap(region => [
      ...awsLinear(region),
      ...listed(AWS_UNEVEN, region),
    ]),
    ...gcp(),
    ...azure(),
  ]),
  gpus: GPU_DEVICES.flatMap(({ model, hourlyPrice }): GpuPriceEntry[] => [
    {
      model,
      hourlyPrice: share(hourlyPrice, GPU_SPOT_SHARE),
      capacityType: 'spot',
    },
    { model, hourlyPrice, capacityType: 'on-demand' },
  ]),
  storageClasses: STORAGE_GIB_MONTH.flatMap(({ region, classes }) =>
    Object.entries(classes).map(([storageClass, gibMonth]) => ({
      storageClass,
      region,
      gibHourPrice: (Number(gibMonth) / HOURS_OF_MONTH).toFixed(12),
    })),
  ),
  unitPrices: DEFAULT_UNIT_PRICES,
  pods: POD_PRICES,
  custom: gcpCustom(),
  attachedGpus: ATTACHED_GPUS,
  windowsCoreHour: WINDOWS_CORE_HOUR,
};

function listed(families: FamilyPrices, region: string): NodePriceEntry[] {
  return Object.entries(families).flatMap(([family, sizes]) =>
    Object.entries(sizes).map(([size, hourlyPrice]) =>
      onDemand({ instanceType: `${family}.${size}`, region, hourlyPrice }),
    ),
  );
}

function awsLinear(region: string): NodePriceEntry[] {
  return AWS_LINEAR.flatMap(({ families, sizes }) =>
    Object.entries(families).flatMap(([family, large]) =>
      sizes.map(size => {
        const [times, per] = AWS_SIZES[size];
        return onDemand({
          instanceType: `${family}.${size}`,
          region,
          hourlyPrice: priceOfQuantities([[large, times / per]]),
        });
      }),
    ),
  );
}

function repriced(): NodePriceEntry[] {
  return AWS_REPRICED.flatMap(({ instanceType, regions, before, after }) =>
    regions.flatMap(region => [
      ...(before
        ? [
            {
              ...onDemand({ instanceType, region, hourlyPrice: before }),
              validTo: GPU_PRICE_CUT,
            },
          ]
        : []),
      {
        ...onDemand({ instanceType, region, hourlyPrice: after }),
        validFrom: GPU_PRICE_CUT,
      },
    ]),
  );
}

function gcp(): NodePriceEntry[] {
  const machines = GCP_MACHINES.flatMap(({ regions, prices }) =>
    regions.flatMap(region =>
      Object.entries(prices).map(([instanceType, hourlyPrice]) =>
        onDemand({ instanceType, region, hourlyPrice }),
      ),
    ),
  );
  const families = Object.entries(GCP_FAMILIES).flatMap(
    ([family, { rates, shapes }]) =>
      rates.flatMap(({ regions, cpuCoreHour, memoryGibHour }) =>
        regions.flatMap(region =>
          Object.entries(shapes).flatMap(([shape, sizes]) =>
            gcpSizes(family, shape, sizes).map(({ instanceType, cores, gib }) =>
              onDemand({
                instanceType,
                region,
                hourlyPrice: priceOfQuantities([
                  [cpuCoreHour, cores],
                  [memoryGibHour, gib],
                ]),
              }),
            ),
          ),
        ),
      ),
  );
  return [...families, ...machines];
}

function gcpSizes(family: string, shape: string, sizes: GcpShape) {
  return sizes.sizes.map(size => {
    const [cores, gib] =
      typeof size === 'number' ? [size, size * sizes.gibPerCore] : size;
    // Machines with shared cores don't say how many in their name.
    const shared = ['micro', 'small', 'medium'].includes(shape);
    const instanceType = shared
      ? `${family}-${shape}`
      : `${family}-${shape}-${cores}`;
    return { instanceType, cores, gib };
  });
}

function gcpCustom(): CustomPriceEntry[] {
  return Object.entries(GCP_CUSTOM).flatMap(([family, [cpu, memory]]) =>
    GCP_CUSTOM_REGIONS.flatMap((region): CustomPriceEntry[] => [
      {
        family,
        region,
        capacityType: 'on-demand',
        cpuCoreHour: cpu,
        memoryGibHour: memory,
        validFrom: LISTED_SINCE,
      },
      {
        family,
        region,
        capacityType: 'spot',
        cpuCoreHour: share(cpu, GCP_CUSTOM_SPOT_SHARE),
        memoryGibHour: share(memory, GCP_CUSTOM_SPOT_SHARE),
        validFrom: LISTED_SINCE,
      },
    ]),
  );
}

function azure(): NodePriceEntry[] {
  const series = AZURE_SERIES.flatMap(each =>
    Object.entries(each.vcpuHour).flatMap(([region, vcpuHour]) =>
      each.series.flatMap(name =>
        each.sizes.map(vcpus =>
          onDemand({
            instanceType: `Standard_${name.replace('#', String(vcpus))}`,
            region,
            hourlyPrice: priceOfQuantities([[vcpuHour, vcpus]]),
          }),
        ),
      ),
    ),
  );
  const sizes = Object.entries(AZURE_SIZES).flatMap(([region, prices]) =>
    Object.entries(prices).map(([size, hourlyPrice]) =>
      onDemand({ instanceType: `Standard_${size}`, region, hourlyPrice }),
    ),
  );
  return [...series, ...sizes];
}

function onDemand(entry: {
  instanceType: string;
  region: string;
  hourlyPrice: string;
}): NodePriceEntry {
  return { ...entry, capacityType: 'on-demand', validFrom: LISTED_SINCE };
}

function withSpot(entries: NodePriceEntry[]): NodePriceEntry[] {
  return entries.flatMap(entry => {
    const spotShare = spotShareOf(entry.instanceType);
    return spotShare === undefined
      ? [entry]
      : [
          entry,
          {
            ...entry,
            capacityType: 'spot' as const,
            hourlyPrice: share(entry.hourlyPrice, spotShare),
          },
        ];
  });
}

/** AWS has a point between family and size, Azure begins with `Standard_`. */
function spotShareOf(instanceType: string): string | undefined {
  const [family, size] = instanceType.split('.');
  if (size !== undefined) {
    return SPOT_SHARE[family] ?? OTHER_SPOT_SHARE;
  }
  if (instanceType.startsWith('Standard_')) {
    return AZURE_SPOT.series.test(instanceType) ? AZURE_SPOT.share : undefined;
  }
  return GCP_SPOT_SHARE[instanceType.split('-')[0]];
}

function share(price: string, of: string): string {
  return microsToDecimal(convertMicros(decimalToMicros(price), of));
}
