import { createWorder } from '@headroom/common';

/**
 * What a report of GPUs leaves out or doesn't know.
 *
 * @public
 */
export const GPU_REPORT_SENTENCES = {
  readingsImpossible:
    '{{readings}} of {{all}} readings are out of range and count as not known',
  readingsLatched:
    '{{readings}} of {{all}} readings stand still at 100 % at the power of a board that computes nothing and count as not known',
  readingsUnlabelled:
    '{{readings}} of {{all}} readings have no label of who held the device',
  readingsSilent:
    '{{readings}} of {{all}} readings are of profiling counters at 0 while utilisation or power said the device was in use; utilisation is taken where it is there',
  readingsFew:
    '{{readings}} of {{all}} readings are of hours that have too few; the rest of those is not known',
  ownerUnknown:
    'In {{hours}} device-hours no label says who held the device; they count as neither held nor idle',
  costWithoutDevice:
    'Some containers paid for GPUs on days on which no device reports them; that cost is shown as unknown',
  devicesNotListed:
    'The {{listed}} devices that cost most are listed of {{all}}; all of them count in the totals',
} as const;

/** @public */
export const wordGpuReport = createWorder('gpuReport', GPU_REPORT_SENTENCES);
