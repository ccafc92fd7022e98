import { join } from 'node:path';
import { DAY_MS } from '@headroom/common';
import { OptionError, parseOptions } from './options';
import {
  DemoCluster,
  HISTORY_DAYS,
  PortTakenError,
  startDemoCluster,
} from './startDemoCluster';
import { rememberedBeginning } from './state';
import { startOfDay } from './world/time';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function start(): Promise<DemoCluster> {
  const options = parseOptions(process.argv.slice(2), process.env);
  const shownSince = new Date();
  const first = () => ({
    start:
      options.start ??
      startOfDay(new Date(shownSince.getTime() - HISTORY_DAYS * DAY_MS)),
    shownSince,
  });
  const beginning =
    options.start || !options.stateDir
      ? first()
      : await rememberedBeginning(options.stateDir, first);
  return startDemoCluster({
    ...options,
    ...beginning,
    ...(options.stateDir && {
      interventionFile: join(options.stateDir, 'demo-interventions.jsonl'),
      forge: {
        port: options.forgePort,
        directory: join(options.stateDir, 'demo-forge'),
      },
    }),
  });
}

async function main(): Promise<void> {
  let demo: DemoCluster;
  try {
    demo = await start();
  } catch (error) {
    const known =
      error instanceof OptionError || error instanceof PortTakenError;
    process.stderr.write(
      `${
        known
          ? (error as Error).message
          : `The demo cluster did not start: ${error}`
      }\n`,
    );
    process.exitCode = 1;
    return;
  }
  demo.skipped.forEach(sentence => process.stderr.write(`${sentence}\n`));
  const addresses = Object.entries(demo.urls).map(
    ([name, url]) => `${name} at ${url}`,
  );
  if (demo.forgeUrl) {
    addresses.push(`forge at ${demo.forgeUrl}`);
  }
  say(
    `Demo cluster ready: ${addresses.join(
      ', ',
    )}, history from ${demo.start.toISOString()}`,
  );
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await demo.stop();
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

void main();
