import { keyOf } from '../../reading/labels';

type Labels = Record<string, string>;

/** DCGM's strings for what it can't say: `<<<NULL>>>`, `<<<NOT_SUPPORTED>>>` and so on. */
const BLANK = /^<<<.*>>>$/;
/** A device plugin's name of one client of a shared device. */
const REPLICA = /::(\d+)$/;
/** How drivers before R470 name an instance: of which board it is the instance. */
const OLD_INSTANCE = /^MIG-(GPU-[^/]+)\/(\d+)\/\d+$/i;
const PLAIN_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Labels without what DCGM writes for "blank". */
export function withoutBlanks(labels: Labels): Labels {
  return Object.values(labels).some(value => BLANK.test(value))
    ? Object.fromEntries(
        Object.entries(labels).filter(([, value]) => !BLANK.test(value)),
      )
    : labels;
}

/** What a series says of the hardware it is about. */
export interface DeviceLabels {
  /** UUID of the board, spelt as drivers do; absent when there is none. */
  board?: string;
  /** MIG instance on it. */
  instance?: string;
  profile?: string;
  /** Index of the board on its node. */
  index?: string;
  /** Client of a shared device the series is of; '' = the only one. */
  replica: string;
  model?: string;
  claim?: string;
}

export function deviceLabels(labels: Labels): DeviceLabels {
  const uuid = labels.UUID ?? '';
  const [, replica] = REPLICA.exec(uuid) ?? [];
  const device = uuid.replace(REPLICA, '');
  const [, board, instance] = OLD_INSTANCE.exec(device) ?? [];
  return {
    board: spelt(board ?? device),
    instance:
      labels.GPU_I_ID || instance || labels.dra_mig_device_uuid || undefined,
    profile: labels.GPU_I_PROFILE || labels.dra_mig_profile || undefined,
    index: labels.gpu || undefined,
    replica: labels.vgpu || replica || '',
    model: labels.modelName || undefined,
    claim: labels.dra_claim_name
      ? keyOf(labels.dra_claim_namespace ?? '', labels.dra_claim_name)
      : undefined,
  };
}

/** One spelling of a UUID: exporters differ in case, and in the prefix. Undefined of none. */
export function spelt(uuid: string): string | undefined {
  const [, prefix, rest] = /^(gpu|mig)-(.+)$/i.exec(uuid) ?? [];
  if (prefix) {
    return `${prefix.toUpperCase()}-${rest.toLowerCase()}`;
  }
  return PLAIN_UUID.test(uuid)
    ? `GPU-${uuid.toLowerCase()}`
    : uuid || undefined;
}
