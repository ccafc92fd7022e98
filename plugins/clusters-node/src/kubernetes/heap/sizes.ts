const SIZE = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i;

/**
 * Bytes of a size with a unit, or undefined when the unit isn't one of those.
 *
 * @param units - bytes by lower-case unit; '' for a bare number
 * @internal
 */
export function sizeIn(
  text: string,
  units: Record<string, number>,
): number | undefined {
  const match = SIZE.exec(text);
  const factor = match && units[match[2].toLocaleLowerCase('en-US')];
  return factor ? Math.round(Number(match[1]) * factor) : undefined;
}

/** Units of the JVM: `-Xmx512m`. @internal */
export const BINARY = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/** Units of Redis, where `kb` is 1024 and `k` is 1000. @internal */
export const REDIS = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 2 ** 10,
  m: 1e6,
  mb: 2 ** 20,
  g: 1e9,
  gb: 2 ** 30,
};

/** Units of PostgreSQL's buffers, which are counted in blocks of 8 KiB. @internal */
export const POSTGRES = {
  '': 8192,
  b: 1,
  kb: 2 ** 10,
  mb: 2 ** 20,
  gb: 2 ** 30,
  tb: 2 ** 40,
};
