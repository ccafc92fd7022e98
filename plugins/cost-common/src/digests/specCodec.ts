import { ContainerSpec } from '@headroom/common';
import { brokenDigest, ByteReader } from './ByteReader';
import { ByteWriter } from './ByteWriter';
import { SpecSpan } from './types';

/** Quantities in the order of their bits. */
const QUANTITIES = [
  'cpuRequestCores',
  'cpuLimitCores',
  'memoryRequestBytes',
  'memoryLimitBytes',
] as const;
const IMAGE_BIT = 1 << QUANTITIES.length;
const GPUS_BIT = IMAGE_BIT << 1;

/** Kinds of GPU one container may ask for; no node has as many. */
export const MAX_GPU_KINDS = 8;

export function writeSpec({ fromSlot, spec }: SpecSpan, to: ByteWriter): void {
  const gpus = Object.entries(spec.gpus ?? {}).slice(0, MAX_GPU_KINDS);
  let bits = 0;
  QUANTITIES.forEach((name, i) => {
    bits |= spec[name] === undefined ? 0 : 1 << i;
  });
  bits |= spec.image === undefined ? 0 : IMAGE_BIT;
  bits |= spec.gpus === undefined ? 0 : GPUS_BIT;
  to.varint(fromSlot);
  to.byte(bits);
  for (const name of QUANTITIES) {
    const value = spec[name];
    if (value !== undefined) {
      to.double(value);
    }
  }
  if (spec.image !== undefined) {
    to.text(spec.image);
  }
  if (spec.gpus !== undefined) {
    to.varint(gpus.length);
    gpus.forEach(([name, count]) => {
      to.text(name);
      to.double(count);
    });
  }
}

export function readSpec(slots: number, from: ByteReader): SpecSpan {
  const fromSlot = from.bounded(slots, 'the slot of a spec');
  const bits = from.byte();
  if (bits >= GPUS_BIT << 1) {
    throw brokenDigest('a spec has fields there are none of');
  }
  const spec: ContainerSpec = {};
  for (let i = 0; i < QUANTITIES.length; i++) {
    if (bits & (1 << i)) {
      spec[QUANTITIES[i]] = from.double();
    }
  }
  if (bits & IMAGE_BIT) {
    spec.image = from.text();
  }
  if (bits & GPUS_BIT) {
    const count = from.bounded(MAX_GPU_KINDS, 'the number of GPU kinds');
    spec.gpus = {};
    for (let i = 0; i < count; i++) {
      spec.gpus[from.text()] = from.double();
    }
  }
  return { fromSlot, spec };
}
