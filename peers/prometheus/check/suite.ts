import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { Server } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { PrometheusUsageSource } from '@headroom/plugin-cost-backend-module-prometheus';
import { PrometheusServer } from '../PrometheusServer';
import { kubeletJobs, objectsJob, startExporters } from './exporters';

const DIRECTORY = path.resolve(__dirname, '../../../.headroom/peers/check');
/** Enough for ten scrapes, and for cAdvisor's readings to tell their pace. */
const SCRAPED_MS = 22_000;

let exporters: Server;
let server: PrometheusServer;

before(async () => {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const started = await startExporters();
  exporters = started.server;
  const { target } = started;
  server = await PrometheusServer.create(DIRECTORY, {
    routePrefix: '/prometheus',
    config: `scrape_configs:${[
      kubeletJobs(target, 'sound'),
      objectsJob(target, 'sound'),
      kubeletJobs(target, 'silent'),
      objectsJob(target, 'silent', {
        without: [
          'kube_pod_status_phase',
          'kube_pod_container_resource_requests',
          'kube_pod_labels',
          'kube_node_labels',
        ],
      }),
      kubeletJobs(target, 'twice'),
      objectsJob(target, 'twice'),
      objectsJob(target, 'twice', { job: 'other-ksm' }),
      objectsJob(target, 'unused'),
    ].join('')}\n`,
  });
  await server.start();
  await sleep(SCRAPED_MS);
});

after(async () => {
  await server?.stop();
  exporters?.close();
});

async function check(
  prometheus: {
    url?: string;
    matchers?: Record<string, string>;
    scrapeIntervalSeconds?: number;
  },
  linkLabels: string[] = [],
): Promise<{ findings: Map<string, CheckFinding>; queries: number }> {
  const [cluster] = readClusters(
    new ConfigReader({
      headroom: {
        clusters: [
          { name: 'peer', prometheus: { url: server.url, ...prometheus } },
        ],
      },
    }),
  );
  const answered = await server.queriesAnswered();
  const findings = new Map<string, CheckFinding>();
  const { signal } = new AbortController();
  for await (const step of PrometheusUsageSource.create().check(
    cluster,
    signal,
    { linkLabels },
  )) {
    if (step.kind === 'finding') {
      findings.set(step.finding.id, step.finding);
    }
  }
  return { findings, queries: (await server.queriesAnswered()) - answered };
}

function notRight(findings: Map<string, CheckFinding>): string[] {
  return [...findings.values()]
    .filter(({ severity }) => severity !== 'right')
    .map(({ severity, id }) => `${severity} ${id}`);
}

describe('the check of a cluster scraped as kube-prometheus does it', () => {
  it('finds it right in at most 20 queries, but for its age and storage', async () => {
    const { findings, queries } = await check({
      matchers: { cluster: 'sound' },
    });
    assert.deepEqual(notRight(findings), [
      'note no-storage',
      'missing history',
    ]);
    assert.ok(queries <= 20, `${queries} queries`);
    assert.match(
      findings.get('scrape-intervals')?.sentence ?? '',
      /usage by cAdvisor \(job kubelet, \/metrics\/cadvisor\) every [23](\.\d)? s(?: to \d(\.\d)? s)?.* objects by kube-state-metrics \(job kube-state-metrics\) every 2 s.*\/metrics\/slis of job kubelet every 1 s/,
    );
  });

  it('names what is missing, and the line that mends it', async () => {
    const { findings } = await check({ matchers: { cluster: 'silent' } });
    const series = findings.get('no-kube_pod_container_resource_requests');
    assert.equal(series?.severity, 'wrong');
    assert.match(series?.sentence ?? '', /kube_pod_status_phase/);
    for (const id of ['pod-labels', 'node-labels']) {
      assert.equal(
        findings.get(id)?.mend?.line,
        '--metric-labels-allowlist=pods=[*],nodes=[*]',
      );
    }
  });

  it('finds the labels that configured links name, and says which are not there', async () => {
    const matchers = { cluster: 'sound' };
    const right = await check({ matchers }, ['app']);
    assert.equal(right.findings.get('link-labels')?.severity, 'right');
    const { findings, queries } = await check({ matchers }, [
      'app',
      'acme.io/costCentre',
    ]);
    const missing = findings.get('link-labels');
    assert.equal(missing?.severity, 'missing');
    assert.match(
      missing?.sentence ?? '',
      /the label acme\.io\/costCentre that/,
    );
    assert.equal(
      missing?.mend?.line,
      '--metric-labels-allowlist=pods=[acme.io/costCentre]',
    );
    assert.ok(queries <= 20, `${queries} queries`);
  });

  it('sees two kube-state-metrics, and that nothing counts twice', async () => {
    const { findings } = await check({ matchers: { cluster: 'twice' } });
    assert.equal(findings.get('exporters')?.severity, 'note');
    assert.match(
      findings.get('exporters')?.sentence ?? '',
      /2\.0 times each: .* jobs kube-state-metrics and other-ksm/,
    );
  });

  it('sees several clusters in one', async () => {
    const { findings } = await check({});
    const several = findings.get('several-clusters');
    assert.equal(several?.severity, 'wrong');
    assert.match(several?.sentence ?? '', /silent, sound, twice and unused/);
  });

  it('says which values a matcher could have', async () => {
    const { findings } = await check({ matchers: { cluster: 'us' } });
    assert.match(
      findings.get('matchers')?.sentence ?? '',
      /values of cluster are silent, sound, twice and unused/,
    );
    const label = await check({ matchers: { site: 'us' } });
    assert.match(
      label.findings.get('matchers')?.sentence ?? '',
      /no series has a label site/,
    );
  });

  it('finds the path that the URL lacks', async () => {
    const { findings } = await check({
      url: server.url.replace('/prometheus', ''),
    });
    assert.deepEqual([...findings.keys()], ['unanswered']);
    assert.equal(
      findings.get('unanswered')?.mend?.line,
      'url: …/prometheus # the rest as it is',
    );
  });

  it('says that an interval is configured otherwise', async () => {
    const { findings } = await check({
      matchers: { cluster: 'sound' },
      scrapeIntervalSeconds: 30,
    });
    assert.equal(findings.get('configured-interval')?.severity, 'wrong');
  });
});
