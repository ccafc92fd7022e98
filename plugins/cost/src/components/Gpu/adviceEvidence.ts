import { GpuAdvice } from '@headroom/plugin-cost-common';
import {
  FigureStep,
  formatBytes,
  formatMoney,
  formatQuantity,
  formatShare,
} from '@headroom/react';
import { CostTranslate } from '../../useCostTranslation';

const NAMED = [
  'days',
  'deviceHours',
  'knownHours',
  'computingHours',
  'observedHours',
  'costMicros',
  'savedShare',
  'peakMemoryBytes',
  'peakMemorySumBytes',
  'deviceMemoryBytes',
  'peakBusyShare',
  'peakBusyDevices',
  'instanceShare',
  'clients',
  'busyHoursOfWeek',
  'fromTensorTflops',
  'toTensorTflops',
  'toHourlyMicros',
] as const;

function isNamed(name: string): name is (typeof NAMED)[number] {
  return (NAMED as readonly string[]).includes(name);
}

/** `peakBusyShare` as words, for evidence the page has no words for. */
function inWords(name: string): string {
  const words = name
    .replace(/(Bytes|Micros|Share)$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLocaleLowerCase('en-US')
    .trim();
  return words.charAt(0).toLocaleUpperCase('en-US') + words.slice(1);
}

/** A figure of evidence in the unit its name ends with. */
function amountText(
  name: string,
  value: number | string,
  currency: string,
): string {
  if (name.endsWith('Micros') && /^-?\d+$/.test(String(value))) {
    return formatMoney(BigInt(value), currency);
  }
  if (typeof value === 'string') {
    return value;
  }
  if (name.endsWith('Bytes')) {
    return formatBytes(value);
  }
  return name.endsWith('Share') ? formatShare(value) : formatQuantity(value);
}

/** The figures a GPU advice stands on, in words and units. */
export function adviceEvidence(
  evidence: GpuAdvice['evidence'],
  currency: string,
  t: CostTranslate,
): FigureStep[] {
  return Object.entries(evidence).map(([name, value]) => ({
    label: isNamed(name) ? t(`gpuUse.evidence.${name}`) : inWords(name),
    formula: amountText(name, value, currency),
  }));
}
