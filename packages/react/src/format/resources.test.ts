import { formatBytes, formatCores, formatMinutes } from './resources';

describe('formatCores', () => {
  it.each([
    [0, '0'],
    [0.00004, '< 0.1m'],
    [0.01, '10m'],
    [0.1234, '123m'],
    [1, '1'],
    [1.5, '1.5'],
    [48, '48'],
  ])('%p: %s', (cores, text) => {
    expect(formatCores(cores)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0\u202fB'],
    [32 * 1024 ** 2, '32\u202fMiB'],
    [1.5 * 1024 ** 3, '1.5\u202fGiB'],
    [1023 * 1024 ** 2, '1,020\u202fMiB'],
    [80 * 1024 ** 3, '80\u202fGiB'],
  ])('%p: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatMinutes', () => {
  it.each([
    [0, '0\u202fmin'],
    [119, '119\u202fmin'],
    [210, '3.5\u202fh'],
    [6048, '4.2\u202fd'],
  ])('%p: %s', (minutes, text) => {
    expect(formatMinutes(minutes)).toBe(text);
  });
});
