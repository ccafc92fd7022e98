import { parseArgs } from 'node:util';

/** What the command was asked for. @internal */
export interface CheckArguments {
  /** Undefined = say which there are. */
  cluster?: string;
  /** Where the portal's back end is, with its package.json. */
  backend?: string;
  json: boolean;
  help: boolean;
}

export const USAGE = `Usage: headroom-check-cluster [options] <cluster>

Asks the Prometheus or OpenCost and the Kubernetes API of a cluster what is there,
and says what will be right, what will be missing and the line that mends it.
Asks with the portal's configuration, from where it runs; changes nothing.

  --config FILE   configuration, as the portal is started with; may be repeated
  --backend DIR   the portal's back end; default: this folder, or packages/backend
  --json          one JSON event a line
  --help          this

Without a cluster it lists those that are configured.
Exits 0 when all is right, 1 when something is missing or wrong, 2 when it could
not check.
`;

/**
 * @param argv - without node and the script
 * @throws Error with one sentence for what it doesn't know.
 * @internal
 */
export function readArguments(argv: string[]): CheckArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      // Read by the configuration itself, as for the portal.
      config: { type: 'string', multiple: true },
      backend: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) {
    throw new Error(
      `One cluster is checked at a time, not ${
        positionals.length
      }: ${positionals.join(', ')}`,
    );
  }
  return {
    cluster: positionals[0],
    backend: values.backend,
    json: values.json,
    help: values.help,
  };
}
