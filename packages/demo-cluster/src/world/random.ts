/**
 * Chance without state: every draw is a hash of the seed and of what it is
 * for, so that any hour can be asked at any time and in any order.
 */

const { imul } = Math;

/** 32-bit hash of a text (FNV-1a, then mixed). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return mix(hash, text.length);
}

/** Mixes two 32-bit integers into one that looks unrelated to both. */
export function mix(a: number, b: number): number {
  let hash = (a ^ imul(b, 0x9e3779b1)) >>> 0;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) that belongs to `(key, at)`. */
export function uniform(key: number, at: number): number {
  return mix(key, at) / 0x1_0000_0000;
}

/** A factor with mean 1 in [1 − spread, 1 + spread). */
export function jitter(key: number, at: number, spread: number): number {
  return 1 + spread * (2 * uniform(key, at) - 1);
}

// The letters Kubernetes draws generated names from: no vowels, no look-alikes.
const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A generated-name suffix such as `x7k2p`. */
export function safeSuffix(key: number, length: number): string {
  let rest = key;
  let text = '';
  for (let i = 0; i < length; i++) {
    rest = mix(rest, i + 1);
    text += SAFE_LETTERS[rest % SAFE_LETTERS.length];
  }
  return text;
}

/** A UUID that belongs to a text; version 4 by its form. */
export function uuidOf(text: string): string {
  const key = hashText(text);
  const words = [1, 2, 3, 4].map(i =>
    mix(mix(key, i), hashText(`${i}${text}`))
      .toString(16)
      .padStart(8, '0'),
  );
  const hex = words.join('');
  const variant = '89ab'[key % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
