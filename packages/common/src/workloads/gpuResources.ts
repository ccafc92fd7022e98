/**
 * Extended resources of vendors of accelerators. What follows the domain is the
 * product's name, which a device plugin may change: all of them are devices but
 * those below.
 */
const GPU_RESOURCE = new RegExp(
  `^(${[
    'nvidia[._]com',
    'amd[._]com',
    'gpu[._]intel[._]com',
    'huawei[._]com',
    'habana[._]ai',
    'cambricon[._]com',
    'metax[-_]tech[._]com',
    'iluvatar[._]ai',
    'mthreads[._]com',
    'enflame[._]com',
    'hygon[._]com',
    'kunlunxin[._]com',
  ].join('|')})[/_].+$`,
  'i',
);

/** Devices of vendors that offer other extended resources, too. */
const NAMED_DEVICE =
  /^(google[._]com[/_]tpu|aws[._]amazon[._]com[/_]neuron(core|device)?|k8s[._]amazonaws[._]com[/_]vgpu|volcano[._]sh[/_]v?gpu(-number|_number)?)$/i;

/** Parts of devices, such as cores and memory, that are requested beside the devices. */
const PART =
  /([-_./]|gpu|dcu|v)(cores?|mem(ory)?|memory[._]max|millicores|tiles?|monitoring|priority)([-_](percentage|1gi))?$/i;

/** Network cards and switches of the same vendors, which are no accelerators. */
const NETWORK =
  /[/_](hostdev|v?nics?)\w*$|rdma|sriov|mlnx|mlx\d|netdev|connectx|bluefield|nvswitch|infiniband|roce|xilinx/i;

/**
 * Whether a resource name stands for GPUs or other accelerators that are charged
 * like them, such as TPUs: any device of their vendors, by the vendor's domain
 * (not for cores or memory of one, nor for network cards).
 *
 * @public
 */
export function isGpuResource(resource: string): boolean {
  return (
    NAMED_DEVICE.test(resource) ||
    (GPU_RESOURCE.test(resource) &&
      !PART.test(resource) &&
      !NETWORK.test(resource))
  );
}
