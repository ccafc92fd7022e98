import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import { wordPrometheus } from '@headroom/plugin-cost-common';
import { Problems } from '../reading/Problems';
import { reportCpuByCpu, reportNoUsage } from './usage/reportUnread';
import { NOTHING_UNREAD } from './usage/unreadUsage';
import {
  reportMissing,
  reportNoCapacity,
  reportNoNode,
  reportScraped,
} from './reports';

const HOUR = '2026-03-02T10:00:00.000Z';

function said(report: (problems: Problems) => void) {
  const problems = Problems.create();
  report(problems);
  const list = problems.list();
  for (const { message, wording } of list) {
    expect(message).toMatch(/^[A-Zkc].*\.$/);
    expect(inEnglish(wording)).toBe(message);
  }
  return list;
}

describe('what is said of an hour', () => {
  it('without usage names what scrapes it', () => {
    const [{ code, message }] = said(problems =>
      reportNoUsage(problems, HOUR, 0, NOTHING_UNREAD),
    );
    expect(code).toBe('no-usage');
    expect(message).toMatch(
      /nothing from cAdvisor.*requests are charged.*\/metrics\/cadvisor.*cAdvisor: true.*up/,
    );
  });

  it('without usage that is read names what there is in its place', () => {
    const hours = new Set([0]);
    const [nameless] = said(problems =>
      reportNoUsage(problems, HOUR, 0, { ...NOTHING_UNREAD, nameless: hours }),
    );
    expect(nameless.code).toBe('no-usage');
    expect(nameless.message).toMatch(
      /is scraped.*label container is empty.*cri-dockerd/,
    );
    const [byCpu] = said(problems =>
      reportNoUsage(problems, HOUR, 0, { nameless: hours, byCpu: hours }),
    );
    expect(byCpu.message).toMatch(/single CPUs only.*--disable_metrics/);
    const [cpu] = said(problems => reportCpuByCpu(problems, HOUR));
    expect(cpu).toMatchObject({
      code: 'no-cpu-usage',
      message: expect.stringMatching(/single CPUs only.*usage above them/),
    });
  });

  it('that was scraped in part says by how much, even by nothing', () => {
    expect(
      said(problems => reportScraped(problems, HOUR, 'kube-state-metrics', 0)),
    ).toMatchObject([
      {
        code: 'partial-hour',
        message: expect.stringContaining('kube-state-metrics 0 of 60 minutes'),
      },
    ]);
  });

  it('names what a series is missing of, or when it may be', () => {
    const some = said(problems =>
      ['web-1', 'web-2'].forEach(name =>
        reportMissing(problems, HOUR, 'no-replicaset-owners', {
          subject: `ReplicaSet shop/${name}`,
        }),
      ),
    );
    expect(some).toHaveLength(1);
    expect(some[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(
        /kube_replicaset_owner of ReplicaSet shop\/web-1, ReplicaSet shop\/web-2 in this hour\..*pod-template-hash/,
      ),
    });
    const [perhaps] = said(problems =>
      reportMissing(problems, HOUR, 'no-mounts', {
        excuse: wordPrometheus('nobodyMounts'),
      }),
    );
    expect(perhaps.severity).toBe('info');
    expect(perhaps.message).toContain('right if no pod mounts a claim.');
  });

  it('tells a node without capacity from a pod that nobody lists and from one whose node is gone', () => {
    const [bare] = said(problems => reportNoCapacity(problems, HOUR, 'n1'));
    expect(bare.message).toMatch(
      /neither they nor their pods are charged: n1\. .*denylist.*nodes among/,
    );
    const [unlisted] = said(problems =>
      reportNoNode(problems, HOUR, 'shop/web', { node: '', seconds: 3600 }),
    );
    expect(unlisted.message).toMatch(
      /kube_pod_info does not know.*--namespaces/,
    );
    const [gone] = said(problems =>
      reportNoNode(problems, HOUR, 'shop/web', { node: 'n1', seconds: 3600 }),
    );
    expect(gone.message).toMatch(/right where the node was deleted/);
    expect(gone.message).not.toContain('kube_pod_info');
    const [soon] = said(problems =>
      reportNoNode(problems, HOUR, 'shop/web', { node: 'n1', seconds: 300 }),
    );
    expect([gone.severity, soon.severity]).toEqual(['warning', 'info']);
  });
});
