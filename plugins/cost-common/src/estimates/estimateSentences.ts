import { createWorder } from '@headroom/common';

/**
 * What an estimate says of its prices, of what it can't price, and of what it
 * leaves out.
 *
 * @public
 */
export const ESTIMATE_SENTENCES = {
  measured:
    'This is what {{unit}} on {{capacity}} nodes of {{cluster}} cost on {{day}}, split as on the Cost tab.',
  measuredGpu:
    'This is what {{unit}} on {{capacity}} nodes with {{model}} of {{cluster}} cost on {{day}}, split as on the Cost tab.',
  measuredAssumed:
    'This is what {{unit}} on {{capacity}} nodes of {{cluster}} cost on {{day}}, but no price of these nodes is known, so unit prices of last resort were assumed. Add what you pay: {{line}}.',
  measuredStorage:
    'This is what a GiB-hour of the volumes of {{cluster}} cost on {{day}}.',
  config: 'The price of {{unit}} is the one in headroom.prices.',
  list: 'The price of {{unit}} is the one of the built-in price list.',
  assumed:
    'No {{capacity}} node of {{cluster}} ran in the last {{days}} days that tells the price of {{unit}}, so a unit price of last resort is assumed. Add what you pay: {{line}}.',
  assumedStorage:
    'Nothing is known of the price of storage in {{cluster}}, so a unit price of last resort is assumed. Add what you pay: {{line}}.',

  core: 'a core-hour',
  gibibyte: 'a GiB-hour of memory',
  gibibyteStored: 'a GiB-hour of storage',
  device: 'a GPU-hour',
  onDemand: 'on-demand',
  spot: 'spot',

  gpuModelNotSaid:
    'No node of {{cluster}} with a GPU of that kind ran in the last {{days}} days, and the form names no model, so the price of the GPU is not known. Name the model, such as NVIDIA-A10G.',
  gpuModelUnpriced:
    'No node of {{cluster}} with {{model}} ran in the last {{days}} days, and no list has its price, so the price of the GPU is not known. Add what you pay: {{line}}.',
  gpuNotShared:
    'No node of {{cluster}} offered GPUs by {{sharing}} in the last {{days}} days, so what a share of one costs is not known. Ask for a whole GPU, or set up sharing in the cluster first.',
  gpuTooSmall:
    'A GPU of {{model}} has {{has}} of memory, and {{asked}} are asked for, so no price is known of one that is large enough. Ask for less memory, or for another model.',
  timeSlicing: 'time-slicing',
  mig: 'MIG',
  poolUnknown:
    'The node pool {{pool}} of {{cluster}} had no nodes in the last {{days}} days, so its price is not known. Leave the pool out, or name one that has nodes.',
  storageUnpriced:
    'No price is known of the storage class {{storageClass}}. Add what you pay: {{line}}.',

  scaledBy:
    'Nobody knows how many replicas will run: the range is from the fewest all month to the most all month.',
  leavesOut:
    'The figure is what the pods request for {{hours}} hours a month. Use beyond requests, network traffic, and the capacity that nobody holds come on top.',
  similarBy:
    'These are services {{gpu}} that held at least 1/{{factor}} of what the fewest replicas request and at most {{factor}} times what the most request, of cores and memory, in the last {{days}} days.',
  withGpu: 'with a GPU',
  withoutGpu: 'without a GPU',
} as const;

/** @public */
export const wordEstimate = createWorder('estimate', ESTIMATE_SENTENCES);
