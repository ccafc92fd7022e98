import { newFloat64Array } from './arrays';
import { brokenDigest, ByteReader } from './ByteReader';
import { ByteWriter } from './ByteWriter';
import { UsageDigest } from './types';

/**
 * Sums are kept in whole units: 1/1024 s of running, 1/1024 core-second and
 * 1024 byte-seconds. Powers of two, so that sums of sums are exact.
 */
const SECOND_UNITS = 1024;
const BYTE_SECONDS_A_UNIT = 1024;

/** Sums stop here: far above any cluster, and two of them still add up exactly. */
const MOST_UNITS = 2 ** 50;

/** The most seconds, or core-seconds, a sum can be: 2⁴⁰. */
export const MOST_SECONDS = MOST_UNITS / SECOND_UNITS;

/** The most byte-seconds a sum can be: 2⁶⁰. */
export const MOST_BYTE_SECONDS = MOST_UNITS * BYTE_SECONDS_A_UNIT;

/** Rounds seconds, or core-seconds, to what is kept. */
export function roundSeconds(seconds: number): number {
  return units(seconds * SECOND_UNITS) / SECOND_UNITS;
}

/** Rounds byte-seconds to what is kept. */
export function roundByteSeconds(byteSeconds: number): number {
  return units(byteSeconds / BYTE_SECONDS_A_UNIT) * BYTE_SECONDS_A_UNIT;
}

export function writeSeconds(seconds: number, to: ByteWriter): void {
  to.varint(units(seconds * SECOND_UNITS));
}

export function readSeconds(from: ByteReader): number {
  return from.bounded(MOST_UNITS, 'a sum') / SECOND_UNITS;
}

/** Each hour as its difference to the one before. */
export function writeHours(hours: UsageDigest['hours'], to: ByteWriter): void {
  writeSums(hours.runSeconds, SECOND_UNITS, to);
  writeSums(hours.cpuUsageCoreSeconds, SECOND_UNITS, to);
  writeSums(hours.memoryUsageByteSeconds, 1 / BYTE_SECONDS_A_UNIT, to);
}

export function readHours(
  count: number,
  from: ByteReader,
): UsageDigest['hours'] {
  return {
    runSeconds: readSums(count, SECOND_UNITS, from),
    cpuUsageCoreSeconds: readSums(count, SECOND_UNITS, from),
    memoryUsageByteSeconds: readSums(count, 1 / BYTE_SECONDS_A_UNIT, from),
  };
}

function writeSums(sums: Float64Array, scale: number, to: ByteWriter): void {
  let last = 0;
  for (const sum of sums) {
    const now = units(sum * scale);
    to.signed(now - last);
    last = now;
  }
}

function readSums(count: number, scale: number, from: ByteReader) {
  const sums = newFloat64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += from.signed();
    if (!(sum >= 0 && sum <= MOST_UNITS)) {
      throw brokenDigest(`the sum of hour ${i} is out of range`);
    }
    sums[i] = sum / scale;
  }
  return sums;
}

function units(value: number): number {
  return Math.min(MOST_UNITS, Math.round(value));
}
