/** A model name taken apart. @public */
export interface GpuModelName {
  /** As the driver names the board, without what GPU feature discovery adds, e.g. `NVIDIA-A100-SXM4-40GB`. */
  model: string;
  /** Profile of `-MIG-1g.5gb`: the label names instances, not boards. */
  migProfile?: string;
  /** `-SHARED`: units are time-slices or MPS clients. */
  shared: boolean;
}

const MIG_SUFFIX = /[-_ ]MIG[-_ ](\d+g[._]\d+gb(?:[._+-][a-z.]+)?)$/i;
const SHARED_SUFFIX = /[-_ ]SHARED$/i;

/**
 * Takes apart what GPU feature discovery writes into `nvidia.com/gpu.product`:
 * `<model>`, `<model>-SHARED`, `<model>-MIG-<profile>`,
 * `<model>-MIG-<profile>-SHARED`.
 *
 * @public
 */
export function parseGpuModel(product: string): GpuModelName {
  const shared = SHARED_SUFFIX.test(product);
  const unshared = product.replace(SHARED_SUFFIX, '');
  const mig = MIG_SUFFIX.exec(unshared);
  return {
    model: mig ? unshared.slice(0, mig.index) : unshared,
    ...(mig && { migProfile: mig[1].replace('_', '.') }),
    shared,
  };
}

/** Upper case, words set apart by single blanks: `NVIDIA A100 SXM4 40GB`. @internal */
export function gpuModelWords(model: string): string {
  return parseGpuModel(model)
    .model.toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/**
 * Memory a model name states, in GB; undefined when it states none. Grace
 * boards state the memory of their CPU (`GH200 480GB`), which is not meant.
 *
 * @internal
 */
export function memoryGbOfName(model: string): number | undefined {
  const words = gpuModelWords(model);
  const stated = /\b(\d{2,3}) ?GB?\b/.exec(words);
  if (/\bGH200\b/.test(words)) {
    return stated?.[1] === '144' ? 144 : 96;
  }
  if (/\bNVL\b/.test(words) && /\bH[18]00\b/.test(words)) {
    return 94;
  }
  return stated ? Number(stated[1]) : undefined;
}
