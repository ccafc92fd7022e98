import { parseArgs } from 'node:util';
import { z } from 'zod';

/** How the process is started; an option on the command line wins over the environment. */
export interface MainOptions {
  seed: string;
  start?: Date;
  ports: Record<string, number>;
  /** Of the forge, which is served where there is a directory to keep it in. */
  forgePort: number;
  /** Seconds until what Git has of `catalog-search` is put back; Infinity = never. */
  selfHealSeconds?: number;
  /** Directory that remembers the first start, and what was done since. */
  stateDir?: string;
}

/** Where the forge listens when nothing else is said. */
const DEFAULT_FORGE_PORT = 7011;

/** A start option that makes no sense; the message says which and why. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OptionError';
  }
}

const FLAGS = {
  seed: 'DEMO_CLUSTER_SEED',
  start: 'DEMO_CLUSTER_START',
  'us-west-port': 'DEMO_CLUSTER_US_WEST_PORT',
  'eu-central-port': 'DEMO_CLUSTER_EU_CENTRAL_PORT',
  'forge-port': 'DEMO_CLUSTER_FORGE_PORT',
  'self-heal-seconds': 'DEMO_CLUSTER_SELF_HEAL_SECONDS',
  state: 'DEMO_CLUSTER_STATE',
} as const;

const port = z.coerce.number().int().min(0).max(65535);
const seconds = z.union([
  z.literal('never').transform(() => Infinity),
  z.coerce.number().int().min(0).max(86_400),
]);
const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform(text => new Date(text));

function read<T>(
  flag: string,
  text: string | undefined,
  schema: z.ZodType<T>,
  expected: string,
): T | undefined {
  if (text === undefined || text === '') {
    return undefined;
  }
  const parsed = schema.safeParse(text);
  if (!parsed.success) {
    throw new OptionError(`--${flag} must be ${expected}, not "${text}".`);
  }
  return parsed.data;
}

/** Reads the options. Throws {@link OptionError}. */
export function parseOptions(
  argv: string[],
  env: Record<string, string | undefined>,
): MainOptions {
  let values: Partial<Record<keyof typeof FLAGS, string>>;
  try {
    values = parseArgs({
      args: argv,
      options: {
        seed: { type: 'string' },
        start: { type: 'string' },
        'us-west-port': { type: 'string' },
        'eu-central-port': { type: 'string' },
        'forge-port': { type: 'string' },
        'self-heal-seconds': { type: 'string' },
        state: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OptionError((error as Error).message);
  }
  const text = (flag: keyof typeof FLAGS) => values[flag] ?? env[FLAGS[flag]];
  const portOf = (flag: 'us-west-port' | 'eu-central-port' | 'forge-port') =>
    read(flag, text(flag), port, 'a port from 0 to 65535');

  const usWest = portOf('us-west-port');
  const euCentral = portOf('eu-central-port');
  return {
    seed: text('seed') || '1',
    start: read('start', text('start'), instant, 'a date or an instant'),
    ports: {
      ...(usWest !== undefined && { 'us-west': usWest }),
      ...(euCentral !== undefined && { 'eu-central': euCentral }),
    },
    forgePort: portOf('forge-port') ?? DEFAULT_FORGE_PORT,
    selfHealSeconds: read(
      'self-heal-seconds',
      text('self-heal-seconds'),
      seconds,
      'a whole number of seconds, or never',
    ),
    stateDir: text('state') || undefined,
  };
}
