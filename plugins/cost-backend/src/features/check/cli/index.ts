import { readArguments, USAGE } from './arguments';
import { checkPlugin, noHttp, quietLogger, Started } from './features';
import { findPortal } from './portal';
import { Report } from './Report';

/**
 * Checks a cluster from a terminal, see `headroom-check-cluster --help`.
 *
 * @param argv - without node and the script
 * @returns what the process should exit with
 * @internal
 */
export async function main(argv: string[]): Promise<number> {
  const out = (text: string) => process.stdout.write(text);
  const err = (text: string) => process.stderr.write(text);
  // Backstage says on stdout which configuration it loads.
  // eslint-disable-next-line no-console
  console.log = (...words: unknown[]) => err(`${words.join(' ')}\n`);
  try {
    const { cluster: name, backend, json, help } = readArguments(argv);
    if (help) {
      out(USAGE);
      return 0;
    }
    const portal = findPortal(process.cwd(), backend);
    const host = portal.createBackend();
    let started: Started | undefined;
    host.add(noHttp);
    host.add(quietLogger(err));
    host.add(checkPlugin(ready => (started = ready)));
    for (const feature of portal.modules.values()) {
      host.add(feature);
    }
    await host.start();
    if (!started) {
      throw new Error('The back end did not start');
    }
    try {
      return await check(started, name, { json, out, err });
    } finally {
      await host.stop();
    }
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function check(
  { clusters, checker }: Started,
  name: string | undefined,
  options: {
    json: boolean;
    out: (text: string) => void;
    err: (text: string) => void;
  },
): Promise<number> {
  const { json, out, err } = options;
  const cluster = clusters.find(each => each.name === name);
  if (!cluster) {
    const known = clusters.map(each => each.name).join(', ');
    err(
      `${name ? `There is no cluster ${name}. ` : ''}${
        known
          ? `Configured are: ${known}`
          : 'No cluster is configured under headroom.clusters'
      }\n`,
    );
    return 2;
  }
  const report = Report.create({
    colours: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
  });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('Stopped')));
  for await (const event of checker.check(cluster, stop.signal)) {
    const line = report.take(event);
    if (json) {
      out(`${JSON.stringify(event)}\n`);
    } else if (line) {
      err(`${line}\n`);
    }
  }
  if (!json) {
    out(`\n${report}`);
  }
  return stop.signal.aborted ? 2 : report.exitCode;
}
