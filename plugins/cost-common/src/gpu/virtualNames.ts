/**
 * Names under which a scheduler's device plugin offers boards many times, maybe
 * beside the vendor's own name for the same boards: Volcano's, and that of AWS'
 * virtual GPU plugin.
 */
const VOLCANO = /^volcano[._]sh[/_]vgpu([-_]number)?$/i;
const AWS = /^k8s[._]amazonaws[._]com[/_]vgpu$/i;
const VOLCANO_MEMORY = /^volcano[._]sh[/_]vgpu[-_]memory$/i;

export function isVirtual(resource: string): boolean {
  return VOLCANO.test(resource) || AWS.test(resource);
}

/** Volcano gives what is asked for of memory or cores; AWS' plugin gives each client an equal share, by MPS. */
export function virtualSharing(resource: string): 'fraction' | 'mps' {
  return VOLCANO.test(resource) ? 'fraction' : 'mps';
}

/** Volcano's memory of all boards, in units that its plugin is configured with. */
export function virtualMemory(
  capacity: Readonly<Record<string, number>>,
): number | undefined {
  const found = Object.entries(capacity).find(([resource]) =>
    VOLCANO_MEMORY.test(resource),
  );
  return found?.[1] || undefined;
}
