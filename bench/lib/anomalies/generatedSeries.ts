import { createRandom } from '../random';
import { LabelledSeries } from './LabelledSeries';

const HOUR_MS = 3_600_000;
const HOURS = 6 * 7 * 24;
const START = Date.parse('2026-03-02T00:00:00Z');
const SERIES = 12;
const SHARE_ODD = 0.008;

/**
 * Hourly series with a season of days and of weeks, and noise; from time to time one is
 * far above or below that for some hours, which are labelled.
 */
export function generatedSeries(): LabelledSeries[] {
  return Array.from({ length: SERIES }, (_, index) => oneSeries(index));
}

function oneSeries(index: number): LabelledSeries {
  const random = createRandom(index + 1);
  const level = 10 ** (4 * random());
  const daily = 0.5 * random();
  const weekend = 0.4 + 0.6 * random();
  const noise = 0.02 + 0.1 * random();
  const values = new Float64Array(HOURS);
  const labels = new Uint8Array(HOURS);
  let oddUntil = 0;
  let factor = 1;
  for (let hour = 0; hour < HOURS; hour++) {
    if (hour >= oddUntil && random() < SHARE_ODD) {
      oddUntil = hour + 2 + Math.floor(6 * random());
      factor = random() < 0.7 ? 2 + 2 * random() : 0.1 * random();
    }
    const isOdd = hour < oddUntil;
    const season =
      (1 + daily * Math.sin((2 * Math.PI * hour) / 24)) *
      (Math.floor(hour / 24) % 7 >= 5 ? weekend : 1);
    const normal =
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    values[hour] =
      level * season * Math.max(0, 1 + noise * normal) * (isOdd ? factor : 1);
    labels[hour] = isOdd ? 1 : 0;
  }
  const at = Float64Array.from(values, (_, hour) => START + hour * HOUR_MS);
  return {
    folder: 'generated',
    name: `generated/${index}`,
    timestamps: Array.from(at, time => new Date(time).toISOString()),
    at,
    values,
    labels,
  };
}
