import { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { AddressInfo } from 'node:net';
import { kubeConfigOf, peer } from './cluster';

/** A way to the API server that a test can cut, and on which versions can get old. */
export interface BrokenWay {
  config: KubeConfig;
  /** Paths and queries that went along it. */
  asked: string[];
  /** Cuts what is connected. */
  cut(): void;
  /** The next watch asks for a version of long ago; of paths that fit, where told. */
  ageNextWatch(paths?: RegExp): void;
  close(): void;
}

/** Passes requests on to the API server, over plain HTTP on loopback. */
export async function openBrokenWay(
  user: Parameters<typeof kubeConfigOf>[0] = 'follower',
): Promise<BrokenWay> {
  const ca = fs.readFileSync(peer.caFile);
  const asked: string[] = [];
  let aging: RegExp | undefined;
  const server = createServer((incoming, outgoing) => {
    let path = incoming.url ?? '';
    asked.push(path);
    if (aging?.test(path) && path.includes('watch=true')) {
      aging = undefined;
      path = path.replace(/resourceVersion=\d+/, 'resourceVersion=1');
    }
    const passed = request(
      `${peer.server}${path}`,
      { method: incoming.method, headers: incoming.headers, ca },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        // Whoever answers may go away half-way.
        answer.on('close', () => answer.complete || outgoing.destroy());
      },
    );
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const config = kubeConfigOf(user);
  config.clusters[0] = {
    name: 'peer',
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    skipTLSVerify: true,
  };
  return {
    config,
    asked,
    cut: () => server.closeAllConnections(),
    ageNextWatch: (paths = /./) => {
      aging = paths;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
