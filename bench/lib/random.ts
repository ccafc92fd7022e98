/** Numbers from 0 up to 1. */
export type Random = () => number;

/** Pseudo-random numbers that are the same for the same seed (Steele, Lea and Flood, SplitMix, 2014; 32 bits). */
export function createRandom(seed: number): Random {
  let state = Math.trunc(seed) % 2 ** 32;
  return () => {
    state = (state + 0x9e3779b9) % 2 ** 32;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}
