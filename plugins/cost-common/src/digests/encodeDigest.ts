import { ByteWriter } from './ByteWriter';
import {
  hourNumber,
  KNOWN,
  MAGIC,
  MAX_HOURS,
  MAX_POOLS,
  MAX_SPECS,
} from './digestBounds';
import { writeHistogram } from './histogramCodec';
import { writeHours, writeSeconds } from './hourCodec';
import { writeSlots } from './slotCodec';
import { writeSpec } from './specCodec';
import { DIGEST_VERSION, MAX_RUNS, UsageDigest } from './types';

/**
 * The stored form of a digest. What `digestOfHour` and `mergeDigests` return
 * comes back the same from `decodeDigest`; of other digests, sums are rounded to
 * 1/1024 s and 1024 byte-seconds. Throws a RangeError for a digest that can't be:
 * slots that are not twelve an hour, quantities below zero, too many parts.
 *
 * @public
 */
export function encodeDigest(digest: UsageDigest): Uint8Array {
  const hours = digest.slots / 12;
  assertShape(digest, hours);
  const to = ByteWriter.create();
  MAGIC.forEach(byte => to.byte(byte));
  to.varint(DIGEST_VERSION);
  to.varint(hourNumber(digest.start));
  to.varint(hours);
  writeSlots(digest.cpu, to);
  writeSlots(digest.memory, to);
  writeHistogram(digest.cpuAll, to);
  writeHistogram(digest.memoryAll, to);
  writeHours(digest.hours, to);
  writePools(digest, to);
  writeKnown(digest, to);
  to.varint(digest.runs.length);
  for (const { run, cpuCores, memoryBytes, slots } of digest.runs) {
    to.text(run);
    writeQuantity(cpuCores, to);
    writeQuantity(memoryBytes, to);
    to.varint(slots);
  }
  to.varint(digest.specs.length);
  digest.specs.forEach(span => writeSpec(span, to));
  return to.toBytes();
}

function assertShape(digest: UsageDigest, hours: number): void {
  const { slots, cpu, memory, runs, specs, pools } = digest;
  const sums = Object.values(digest.hours);
  if (
    !(Number.isInteger(hours) && hours > 0 && hours <= MAX_HOURS) ||
    cpu.length !== slots ||
    memory.length !== slots ||
    sums.some(each => each.length !== hours)
  ) {
    throw new RangeError(
      `A digest of ${slots} slots can't be; it should have 12 an hour, for at most ${MAX_HOURS} hours, and as many values`,
    );
  }
  if (
    runs.length > MAX_RUNS ||
    specs.length > MAX_SPECS ||
    pools.length > MAX_POOLS
  ) {
    throw new RangeError(
      `A digest of ${runs.length} runs, ${specs.length} specs and ${pools.length} node pools is too large; at most ${MAX_RUNS}, ${MAX_SPECS} and ${MAX_POOLS} are kept`,
    );
  }
}

function writePools({ pools, pods }: UsageDigest, to: ByteWriter): void {
  to.varint(pods);
  to.varint(pools.length);
  pools.forEach(({ nodePool, runSeconds }) => {
    to.text(nodePool);
    writeSeconds(runSeconds, to);
  });
}

function writeKnown(digest: UsageDigest, to: ByteWriter): void {
  const names = Object.keys(KNOWN) as Array<keyof typeof KNOWN>;
  to.varint(
    names.reduce(
      (bits, name) => bits + (digest[name] === undefined ? 0 : KNOWN[name]),
      0,
    ),
  );
  const ifKnown = <T>(value: T | undefined, write: (value: T) => void) =>
    value === undefined ? undefined : write(value);
  ifKnown(digest.cpuPeakCores, value => writeQuantity(value, to));
  ifKnown(digest.memoryPeakBytes, value => writeQuantity(value, to));
  ifKnown(digest.oomKills, value => to.varint(value));
  ifKnown(digest.oomLimitBytes, value => writeQuantity(value, to));
  ifKnown(digest.restarts, value => to.varint(value));
  ifKnown(digest.throttledShare, value => writeQuantity(value, to));
  ifKnown(digest.startup, ({ starts, cpuCores, memoryBytes }) => {
    to.varint(starts);
    writeQuantity(cpuCores, to);
    writeQuantity(memoryBytes, to);
  });
}

function writeQuantity(value: number, to: ByteWriter): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(
      `${value} can't be stored; it should be a number of at least 0`,
    );
  }
  to.double(value);
}
