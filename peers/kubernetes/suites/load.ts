import { setTimeout as sleep } from 'node:timers/promises';
import { feed, PodUsage } from './cluster';
import { podsOf } from './room';

const EVERY_MS = 300;

/** Work that the pods of an app share, however many there are. */
export interface Load {
  /** CPU cores that all of them use together; undefined: nobody measures them. */
  cores: number | undefined;
  stop(): Promise<void>;
}

/** Has the metrics API say, until it is stopped, what each pod uses. */
export function startLoad(namespace: string, app: string): Load {
  const stopping = new AbortController();
  const load: Load = { cores: undefined, stop: async () => {} };
  const feeding = (async () => {
    while (!stopping.signal.aborted) {
      await feed(await shared(load.cores, namespace, app));
      await sleep(EVERY_MS);
    }
  })();
  load.stop = async () => {
    stopping.abort();
    await feeding;
    await feed([]);
  };
  return load;
}

async function shared(
  cores: number | undefined,
  namespace: string,
  app: string,
): Promise<PodUsage[]> {
  if (cores === undefined) {
    return [];
  }
  const pods = await podsOf(namespace, app);
  return pods.map(({ metadata }) => ({
    namespace,
    name: metadata!.name!,
    labels: metadata!.labels,
    containers: [
      { name: 'main', cpuCores: cores / pods.length, memoryBytes: 1e8 },
    ],
  }));
}
