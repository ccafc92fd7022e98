import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PrometheusServer } from '../PrometheusServer';
import { accelerators } from './cases/accelerators';
import { cadvisorNames, cadvisorSilent, ghosts } from './cases/cadvisor';
import { severalClusters } from './cases/clusters';
import { copiesAreNotSums } from './cases/copies';
import { fractions } from './cases/fractions';
import { held } from './cases/held';
import { initContainers } from './cases/initContainers';
import { labels } from './cases/labels';
import { machines } from './cases/machines';
import { owners } from './cases/owners';
import { replaced, waiting } from './cases/places';
import { missingSeries } from './cases/missing';
import { readings } from './cases/readings';
import { reserved } from './cases/reserved';
import { kills, missing } from './cases/silence';
import { speakers } from './cases/speakers';
import { takeovers } from './cases/takeovers';
import { targets } from './cases/targets';
import { time } from './cases/time';
import { Cases } from './cases/types';
import { unheardNodes } from './cases/unheard';
import { unreadUsage } from './cases/unread';
import { changingVolumes, volumes } from './cases/volumes';
import { loadClusters } from './load';
import { observe } from './observe';

const CACHE = path.resolve(__dirname, '../../../.headroom/peers/oddities');

const CLASSES: Record<string, Cases> = {
  'time is not a count': time,
  'who speaks for what, and when': speakers,
  'when kube-state-metrics spoke, and of what': targets,
  'copies are not sums': copiesAreNotSums,
  'one reading must not ruin a node': readings,
  'what cAdvisor said, node by node': cadvisorSilent,
  'whom cAdvisor names': cadvisorNames,
  'what holds no place uses nothing': ghosts,
  'waiting is not holding': waiting,
  'first the maximum, then the mean': replaced,
  'a request is of its time': held,
  'an init container runs in what is held': initContainers,
  'the list of series is not closed': reserved,
  'a claim is not a volume': volumes,
  'each volume for its own time': changingVolumes,
  'a name is not a machine': takeovers,
  'capacity is not a bill': machines,
  'a name is not an owner': owners,
  'labels as exporters write them': labels,
  'silence where a series is missing': missing,
  'a series that is missing is said': missingSeries,
  'a node that is not heard of': unheardNodes,
  'two clusters in one': severalClusters,
  'what is said in another way': unreadUsage,
  'kills of those that are never restarted': kills,
  'a part of a board is asked for beside the requests': fractions,
  'the list of accelerators is not closed': accelerators,
};

const only = process.env.HEADROOM_ODDITY;
let server: PrometheusServer;
let number = 0;
const names = new Map<string, string>();
for (const [of, cases] of Object.entries(CLASSES)) {
  for (const name of Object.keys(cases)) {
    names.set(`${of}/${name}`, `odd-${(number += 1)}`);
  }
}

before(async () => {
  loadClusters(
    CACHE,
    Object.fromEntries(
      Object.entries(CLASSES).flatMap(([of, cases]) =>
        Object.entries(cases).map(([name, { series }]) => [
          names.get(`${of}/${name}`)!,
          series,
        ]),
      ),
    ),
  );
  server = await PrometheusServer.create(CACHE);
  await server.start();
});

after(async () => server?.stop());

for (const [of, cases] of Object.entries(CLASSES)) {
  describe(of, () => {
    for (const [name, { check }] of Object.entries(cases)) {
      const skip = only !== undefined && !name.includes(only);
      it(name, { skip }, async () => {
        check(await observe(server.url, names.get(`${of}/${name}`)!));
      });
    }
  });
}
