/**
 * Replicas of the engine that acts while things go wrong, as `yarn test:faults` runs
 * them, here on a real API server and on the rights of an install: nothing is done
 * twice, lost, or done by who should not any more.
 */
import { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ApiProxy } from '../../../bench/faults/ApiProxy';
import {
  createFaultDatabase,
  FaultDatabase,
} from '../../../bench/faults/database';
import { Instance } from '../../../bench/faults/Instance';
import { FaultRun } from '../../../bench/faults/Run';
import { isClean, NOTHING, sum } from '../../../bench/faults/truth';
import { stderrLogger } from '../../../bench/lib/logger';
import { createRandom } from '../../../bench/lib/random';
import {
  create,
  createNamespace,
  INSTALLED_ACTOR,
  INSTALLED_READER,
  peer,
} from './cluster';

const NAMESPACE = 'faults';
const RUNS = 10;
const SEED = Number(process.env.HEADROOM_FAULTS_SEED ?? 1);
const PREFIX = 'faults';
const LEASE = 'acting';

/** The API server over plain HTTP on loopback, signed in as who does such things. */
async function openWay() {
  const ca = fs.readFileSync(peer.caFile);
  const whoAsks = (method = 'GET', url = '') => {
    if (url.includes('fieldManager=kubectl-edit')) {
      return 'admin';
    }
    return method === 'GET' ? INSTALLED_READER : INSTALLED_ACTOR;
  };
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passed = request(
      `${peer.server}${url}`,
      {
        method,
        ca,
        headers: {
          'content-type': headers['content-type'] ?? 'application/json',
          authorization: `Bearer ${peer.tokens[whoAsks(method, url)]}`,
        },
      },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, {
          'content-type': 'application/json',
        });
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function createHpas(run: number) {
  return Promise.all(
    [0, 1, 2].map(async index => {
      const name = `o${run}-${index}`;
      const { metadata } = await create<V2HorizontalPodAutoscaler>({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { namespace: NAMESPACE, name },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: 10,
          maxReplicas: 100,
        },
      });
      return { namespace: NAMESPACE, name, uid: metadata.uid };
    }),
  );
}

let way: Awaited<ReturnType<typeof openWay>>;
let database: FaultDatabase;
let proxy: ApiProxy;

before(async () => {
  process.env.HEADROOM_BENCH_DATABASE = process.env.HEADROOM_TEST_DATABASE;
  await createNamespace(NAMESPACE);
  database = await createFaultDatabase([PREFIX]);
  proxy = await ApiProxy.start();
  way = await openWay();
});

after(async () => {
  way?.close();
  await proxy?.stop();
  await database?.drop();
});

describe('replicas of the engine, while things go wrong', () => {
  it('do nothing twice, lose nothing and let nobody act who should not any more', async () => {
    let total = NOTHING;
    for (let run = 0; run < RUNS; run += 1) {
      const id = `r${SEED}-${run}`;
      const truth = await FaultRun.create({
        id,
        random: createRandom(SEED * 7919 + run),
        proxy,
        upstream: way.url,
        objects: await createHpas(run),
        knex: database.knex,
        prefix: PREFIX,
        leaseName: LEASE,
        blind: false,
        instance: (name, at, isPatient) =>
          Instance.create({
            databaseUrl: database.url,
            name,
            prefix: PREFIX,
            leaseName: LEASE,
            logger: stderrLogger(),
            apiUrl: token => proxy.url(id, token),
            at,
            isPatient,
          }),
      }).run();
      assert.ok(isClean(truth), `${id}: ${JSON.stringify(truth)}`);
      total = sum(total, truth);
    }
    const { actions, duplicated, lost, stale, unresolved } = total;
    process.stdout.write(
      `${JSON.stringify({
        runs: RUNS,
        actions,
        duplicated,
        lost,
        stale,
        unresolved,
      })}\n`,
    );
    assert.ok(actions > RUNS);
  });
});
