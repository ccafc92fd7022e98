/**
 * A replica in a process of its own, for signals: it plans and acts in turns until it is
 * killed. Its clock is wrong by as much as it is told.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { stderrLogger } from '../lib/logger';
import { cycle, RunObject, Wish } from './cycle';
import { Instance } from './Instance';

/** What a replica is told, as JSON. */
export interface ReplicaOptions {
  id: string;
  name: string;
  databaseUrl: string;
  prefix: string;
  leaseName: string;
  /** Of the proxy, before the token. */
  proxyUrl: string;
  upstream: string;
  objects: RunObject[];
  wishes: Array<[string, Wish]>;
  /** Milliseconds by which its clock is ahead. */
  skewMs: number;
}

async function main(): Promise<void> {
  const options: ReplicaOptions = JSON.parse(process.argv[2]);
  const now = Date.now;
  Date.now = () => now() + options.skewMs;
  const instance = Instance.create({
    ...options,
    logger: stderrLogger(),
    apiUrl: token => `${options.proxyUrl}/${token}`,
    at: async () => {},
  });
  const told = { ...options, wishes: new Map(options.wishes) };
  const { signal } = new AbortController();
  for (;;) {
    await cycle(instance, told, signal);
    await sleep(5);
  }
}

void main();
