import {
  roundCpuDown,
  roundCpuUp,
  roundMemoryDown,
  roundMemoryUp,
} from './rounding';

const MIB = 2 ** 20;

describe('requests are rounded', () => {
  it.each([
    [0.29, 0.29, 0.29],
    [0.2901, 0.291, 0.29],
    // A billionth of a core is no core.
    [0.290000000001, 0.29, 0.29],
    [0.289999999999, 0.29, 0.29],
    [0, 0, 0],
    [0.0001, 0.001, 0],
    [7, 7, 7],
  ])('to whole millicores: %d', (cores, up, down) => {
    expect(roundCpuUp(cores)).toBe(up);
    expect(roundCpuDown(cores)).toBe(down);
  });

  it.each([
    [3 * MIB, 3, 3],
    [3 * MIB + 1, 4, 3],
    [4 * MIB - 1, 4, 3],
    [1, 1, 0],
    [0, 0, 0],
  ])('to whole MiB: %d bytes', (bytes, up, down) => {
    expect(roundMemoryUp(bytes)).toBe(up * MIB);
    expect(roundMemoryDown(bytes)).toBe(down * MIB);
  });
});
