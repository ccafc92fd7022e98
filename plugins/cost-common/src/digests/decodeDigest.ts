import { HOUR_MS } from '@headroom/common';
import { brokenDigest, ByteReader } from './ByteReader';
import { KNOWN, MAGIC, MAX_HOURS, MAX_POOLS, MAX_SPECS } from './digestBounds';
import { readHistogram } from './histogramCodec';
import { readHours, readSeconds } from './hourCodec';
import { readSlots } from './slotCodec';
import { readSpec } from './specCodec';
import { DIGEST_VERSION, MAX_RUNS, UsageDigest } from './types';

/**
 * Reads what `encodeDigest` wrote. Throws a RangeError that says why when the
 * bytes are cut off, are no digest, or are of a newer version.
 *
 * @public
 */
export function decodeDigest(bytes: Uint8Array): UsageDigest {
  const from = ByteReader.create(bytes);
  const series = readSeries(from);
  const cpuAll = readHistogram(from);
  const memoryAll = readHistogram(from);
  const hours = readHours(series.slots / 12, from);
  const pods = from.varint();
  const digest: UsageDigest = {
    ...series,
    cpuAll,
    memoryAll,
    hours,
    pools: readList(MAX_POOLS, 'the number of node pools', from, () => ({
      nodePool: from.text(),
      runSeconds: readSeconds(from),
    })),
    pods,
    ...readKnown(from),
    runs: readList(MAX_RUNS, 'the number of runs', from, () => ({
      run: from.text(),
      cpuCores: from.double(),
      memoryBytes: from.double(),
      slots: from.varint(),
    })),
    specs: readList(MAX_SPECS, 'the number of specs', from, () =>
      readSpec(series.slots, from),
    ),
  };
  if (from.left > 0) {
    throw brokenDigest(`${from.left} bytes are left over`);
  }
  return digest;
}

function readSeries(
  from: ByteReader,
): Pick<UsageDigest, 'start' | 'slots' | 'cpu' | 'memory'> {
  if (from.byte() !== MAGIC[0] || from.byte() !== MAGIC[1]) {
    throw brokenDigest('it starts with something else');
  }
  const version = from.varint();
  if (version !== DIGEST_VERSION) {
    throw new RangeError(
      `This usage digest is of version ${version}, which this release doesn't know; it knows ${DIGEST_VERSION}`,
    );
  }
  const hour = from.bounded(8.64e15 / HOUR_MS, 'its start');
  const slots = 12 * from.bounded(MAX_HOURS, 'its number of hours');
  if (slots === 0) {
    throw brokenDigest('it is of no hours');
  }
  return {
    start: startOf(hour),
    slots,
    cpu: readSlots(slots, from),
    memory: readSlots(slots, from),
  };
}

/** Hours as text: all containers have digests of the same few days. */
const starts = new Map<number, string>();
const MAX_STARTS = 1024;

function startOf(hour: number): string {
  let start = starts.get(hour);
  if (start === undefined) {
    start = new Date(hour * HOUR_MS).toISOString();
    if (starts.size >= MAX_STARTS) {
      starts.clear();
    }
    starts.set(hour, start);
  }
  return start;
}

function readKnown(from: ByteReader): Partial<UsageDigest> {
  const bits = from.bounded(127, 'what it knows');
  const known: Partial<UsageDigest> = {};
  if (bits & KNOWN.cpuPeakCores) {
    known.cpuPeakCores = from.double();
  }
  if (bits & KNOWN.memoryPeakBytes) {
    known.memoryPeakBytes = from.double();
  }
  if (bits & KNOWN.oomKills) {
    known.oomKills = from.varint();
  }
  if (bits & KNOWN.oomLimitBytes) {
    known.oomLimitBytes = from.double();
  }
  if (bits & KNOWN.restarts) {
    known.restarts = from.varint();
  }
  if (bits & KNOWN.throttledShare) {
    known.throttledShare = from.double();
  }
  if (bits & KNOWN.startup) {
    known.startup = {
      starts: from.varint(),
      cpuCores: from.double(),
      memoryBytes: from.double(),
    };
  }
  return known;
}

function readList<T>(
  limit: number,
  what: string,
  from: ByteReader,
  read: () => T,
): T[] {
  const length = from.bounded(limit, what);
  const list: T[] = [];
  for (let i = 0; i < length; i++) {
    list.push(read());
  }
  return list;
}
