const GPU_RESOURCE =
  /^(nvidia[._]com[/_](gpu([._]shared)?|mig[-_]\d+g[._]\d+gb.*)|amd[._]com[/_]gpu|gpu[._]intel[._]com[/_](i915|xe)|google[._]com[/_]tpu|aws[._]amazon[._]com[/_]neuron(core|device)?|habana[._]ai[/_]gaudi\d*)$/i;

/**
 * Whether a resource name stands for GPUs or other accelerators that are charged
 * like them, such as TPUs (not for HAMi's cores or memory).
 *
 * @public
 */
export function isGpuResource(resource: string): boolean {
  return GPU_RESOURCE.test(resource);
}
