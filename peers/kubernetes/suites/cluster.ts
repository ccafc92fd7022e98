import {
  KubeConfig,
  KubernetesObject,
  KubernetesObjectApi,
} from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** The accounts of docs/manifests, as who they are to the API server. */
export const INSTALLED_READER =
  'system:serviceaccount:headroom:headroom-reader';
export const INSTALLED_ACTOR = 'system:serviceaccount:headroom:headroom-actor';

/** What run.mjs says of the cluster that it started. */
interface Peer {
  server: string;
  caFile: string;
  tokens: Record<
    | 'admin'
    | 'reader'
    | 'workloads-only'
    | 'follower'
    | 'actor'
    | 'no-autoscalers'
    | typeof INSTALLED_READER
    | typeof INSTALLED_ACTOR,
    string
  >;
  feedUrl: string;
  controlUrl: string;
}

/** Usage of a pod, as the metrics API is to say it. */
export interface PodUsage {
  namespace: string;
  name: string;
  labels?: Record<string, string>;
  containers: Array<{ name: string; cpuCores: number; memoryBytes: number }>;
}

const WAIT_MS = 60_000;

const description = process.env.HEADROOM_PEER_KUBERNETES;
assert.ok(
  description,
  'HEADROOM_PEER_KUBERNETES is not set: start this with `yarn test:peers kubernetes`',
);

/** The cluster under test. */
export const peer: Peer = JSON.parse(description);

/** How to sign in as somebody. */
export function kubeConfigOf(user: keyof Peer['tokens']): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'peer', server: peer.server, caFile: peer.caFile }],
    users: [{ name: user, token: peer.tokens[user] }],
    contexts: [{ name: 'peer', cluster: 'peer', user }],
    currentContext: 'peer',
  });
  return config;
}

/** Objects of any kind, as an administrator. */
export const objects = KubernetesObjectApi.makeApiClient(kubeConfigOf('admin'));

/** Creates an object. */
export async function create<T extends KubernetesObject>(
  object: T,
): Promise<T & { metadata: { uid: string } }> {
  return (await objects.create(object)) as T & { metadata: { uid: string } };
}

export async function createNamespace(name: string): Promise<void> {
  await create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Asks again until there is an answer. */
export async function until<T>(
  what: string | (() => string),
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await sleep(250);
  }
  const wanted = typeof what === 'string' ? what : what();
  throw new Error(`${wanted}: not within ${WAIT_MS / 1000} s`);
}

/** Asks for a while whether it is still so. */
export async function stays(
  what: string | (() => string),
  seconds: number,
  ask: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    assert.ok(await ask(), typeof what === 'string' ? what : what());
    await sleep(250);
  }
}

/** Sets what the metrics API says pods use. */
export async function feed(pods: PodUsage[]): Promise<void> {
  await fetch(peer.feedUrl, { method: 'PUT', body: JSON.stringify({ pods }) });
}

/** Sets a number that KEDA's trigger `metrics-api` gets, and says where from. */
export async function feedValue(name: string, value: number): Promise<string> {
  const url = `${peer.feedUrl}values/${name}`;
  await fetch(url, { method: 'PUT', body: JSON.stringify({ value }) });
  return url;
}

/**
 * Does something to a process of the cluster: `end` asks it to end, `kill` ends it at
 * once, `start` starts it again and waits until it is ready, `pause` has it stand
 * still, `resume` go on.
 */
export async function control(
  program: 'kube-apiserver' | 'kube-controller-manager' | 'keda-operator',
  deed: 'end' | 'kill' | 'start' | 'pause' | 'resume',
): Promise<void> {
  const response = await fetch(`${peer.controlUrl}/${program}/${deed}`, {
    method: 'POST',
  });
  assert.ok(response.ok, await response.text());
}
