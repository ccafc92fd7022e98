import { convertMicros, decimalToMicros, microsToDecimal } from '../money';
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
  OTHER_CLOUDS,
  SPOT_SHARE,
} from './builtInPrices.data';
import { GpuPriceEntry, NodePriceEntry, PriceBook } from './types';

/**
 * Public list prices in USD for common instance types of AWS (us-east-1,
 * us-west-2, eu-central-1), GCP and Azure, GPU models, and OpenCost's default
 * unit prices. Good for a first look; configuration and price sources win.
 *
 * Spot entries are *representative*: a common share of the on-demand price of
 * their family. `builtInPrices.data.ts` names the source of every figure.
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
    ...OTHER_CLOUDS.map(entry => onDemand(entry)),
  ]),
  gpus: GPU_DEVICES.flatMap(({ model, hourlyPrice }): GpuPriceEntry[] => [
    {
      model,
      hourlyPrice: share(hourlyPrice, GPU_SPOT_SHARE),
      capacityType: 'spot',
    },
    { model, hourlyPrice, capacityType: 'on-demand' },
  ]),
  storageClasses: [],
  unitPrices: DEFAULT_UNIT_PRICES,
};

function listed(families: FamilyPrices, region: string): NodePriceEntry[] {
  return Object.entries(families).flatMap(([family, sizes]) =>
    Object.entries(sizes).map(([size, hourlyPrice]) =>
      onDemand({ instanceType: `${family}.${size}`, region, hourlyPrice }),
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

function onDemand(entry: {
  instanceType: string;
  region: string;
  hourlyPrice: string;
}): NodePriceEntry {
  return { ...entry, capacityType: 'on-demand', validFrom: LISTED_SINCE };
}

function withSpot(entries: NodePriceEntry[]): NodePriceEntry[] {
  return entries.flatMap(entry => {
    const spotShare = SPOT_SHARE[entry.instanceType.split('.')[0]];
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

function share(price: string, of: string): string {
  return microsToDecimal(convertMicros(decimalToMicros(price), of));
}
