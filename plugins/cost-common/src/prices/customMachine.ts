/** A machine made to measure, as its instance type names it. */
export interface CustomMachine {
  /** `n2-custom`; `custom` of the first generation. */
  family: string;
  cores: number;
  memoryGib: number;
}

/** `n2-custom-4-8192`: vCPUs and MiB. Memory beyond the usual (`-ext`) has a price of its own. */
const CUSTOM = /^((?:[a-z][a-z0-9]*-)?custom)-(\d+|micro|small|medium)-(\d+)$/;

/** What is billed of a core that is shared, of the two that are seen. */
const SHARED_CORES: Record<string, number> = {
  micro: 0.25,
  small: 0.5,
  medium: 1,
};

/** Reads Google's names of machines made to measure; undefined for any other. */
export function readCustomMachine(
  instanceType: string,
): CustomMachine | undefined {
  const [, family, cores, mib] = CUSTOM.exec(instanceType) ?? [];
  return family === undefined
    ? undefined
    : {
        family,
        cores: SHARED_CORES[cores] ?? Number(cores),
        memoryGib: Number(mib) / 1024,
      };
}
