import { createWorder } from '@headroom/common';

/**
 * Which prices are not those of the bill, and the line that says what is paid.
 *
 * @public
 */
export const PRICE_SENTENCES = {
  unknownType: 'nodes of no known type',
  unknownTypeSpot: 'nodes of no known type (spot)',
  namesOf: '{{names}} ({{assumed}})',
  priceOfRegion: '{{region}} at the price of {{other}}',
  pricesOfRegion: '{{region}} at prices of {{other}}',
  pricesOfRegionUnknown: 'no known region at prices of {{other}}',
  unitPrices: '{{cpu}} a core-hour, {{memory}} a GiB-hour',
  unitPricesGpu:
    '{{cpu}} a core-hour, {{memory}} a GiB-hour, {{gpu}} a GPU-hour',

  default:
    'No price is known of {{types}}, so these nodes are priced by unit prices of last resort. Add what you pay: {{line}}.',
  defaultTypeless:
    'No price is known of {{types}}, so these nodes are priced by unit prices of last resort. Add what you pay: {{line}}. A node’s type is told by its label node.kubernetes.io/instance-type, or by one that headroom.cost.nodeLabels.instanceType names.',
  otherRegion:
    'The built-in price list knows these types but not their region, so the list price of another region is assumed: {{types}}. Add what you pay: {{line}}.',
  otherRegionPods:
    'The built-in price list knows these types but not their region, so the list price of another region is assumed: {{types}}. Add what you pay: {{line}}. Of pods: {{podLine}}.',
  gpusElsewhere:
    'The list has the price of these attached GPUs in one region of the US only, so they are charged that, and what is paid may differ: {{models}}. Add what you pay: {{line}}.',
  spot: 'Spot prices move; these types are priced at what spot commonly costs: {{types}}. Add what you pay: {{line}}.',
  capacityReservation:
    'These types run in capacity reservations, which are billed at the on-demand rate whether nodes run in them or not: {{types}}. The nodes are priced on demand, and what stands empty of the reservations isn’t in these figures. Add what you pay: {{line}}.',
  capacityBlock:
    'These types run in Capacity Blocks, which are paid in advance at a price of their own, so the on-demand price that is assumed isn’t what they cost: {{types}}. Add what you pay: {{line}}.',
  windows:
    'These types run Windows, and what its licence costs on them isn’t known, so it is missing: {{types}}. Add what you pay: {{line}}.',
  autoMode:
    'EKS Auto Mode bills a fee of about 12 % of the on-demand price beside these types, which isn’t in their price: {{types}}. Add what you pay: {{line}}.',
  onePriceOfSystems:
    'These types run Linux and Windows, and headroom.prices.nodes has one price for both, which can’t be right with a licence: {{types}}. Add what you pay: {{line}}.',
  onePriceOfAutoMode:
    'These types run in EKS Auto Mode and outside, and headroom.prices.nodes has one price for both, which can’t be right with its fee: {{types}}. Add what you pay: {{line}}.',
  localZone:
    'These types run in Local Zones, whose prices are their own, and the price of the region is assumed: {{types}}. Add what you pay: {{line}}.',
  podsUnpriced:
    'Pods of {{platform}} are billed by themselves, and no price is known for them, so what they cost is missing. Add it: {{line}}.',
  podsUnpricedIn:
    'Pods of {{platform}} in {{regions}} are billed by themselves, and no price is known for them, so what they cost is missing. Add it: {{line}}.',

  storageElsewhere:
    'The list has the price of these storage classes in one region of the US only, so they are charged that, and what is paid may differ: {{classes}}. Add what you pay: {{line}}.',
  storageDefault_one:
    'No price is known of the storage class {{classes}}, so a GiB is charged the unit price of last resort, {{month}} a month. Add what you pay: {{line}}.',
  storageDefault_other:
    'No price is known of the storage classes {{classes}}, so a GiB is charged the unit price of last resort, {{month}} a month. Add what you pay: {{line}}.',
  storageClassless_one:
    '{{count}} volume has no storage class, so no price is known of it and a GiB is charged the unit price of last resort, {{month}} a month. Add what you pay: {{line}}.',
  storageClassless_other:
    '{{count}} volumes have no storage class, so no price is known of them and a GiB is charged the unit price of last resort, {{month}} a month. Add what you pay: {{line}}.',

  sourceSilent:
    'The price source {{source}} did not answer; configured and listed prices were used.',
  sourceCurrency:
    'The price source {{source}} answers in {{answered}}, not in {{wanted}}; configured and listed prices were used.',
  rateMissing:
    'There is no rate for {{currency}} before {{from}}; earlier days use that one',
} as const;

/** @public */
export const wordPrices = createWorder('prices', PRICE_SENTENCES);
