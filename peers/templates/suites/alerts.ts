/** Rules that promtool can read, and unit tests that fire each alert. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { run, scratchFolder } from './peer';
import { Manifest, RenderedSet, renderedSets } from './rendered';
import {
  CLUSTER_SCENARIOS,
  Scenario,
  Series,
  serviceScenarios,
  Subject,
  WELL_CLUSTER,
  wellService,
} from './scenarios';

const folder = scratchFolder('alerts');

interface Rule {
  alert: string;
  for?: string;
}

interface RuleSet {
  title: string;
  /** As Prometheus reads it. */
  groups: Array<{ name: string; rules: Rule[] }>;
  /** Absent for rules of the whole cluster. */
  subject?: Subject;
}

const byKind = ({ objects }: RenderedSet, kind: RegExp) =>
  objects.find(object => kind.test(object.kind));

/** What Kubernetes calls a pod: the base is cut so that five characters have room. */
function podNameOf({ kind, metadata: { name } }: Manifest): string {
  const generated = (base: string) => `${base.slice(0, 58)}x2x4z`;
  switch (kind) {
    case 'StatefulSet':
      return `${name}-0`;
    case 'CronJob':
      return generated(`${name}-29384756-`);
    default:
      return generated(`${name}-5d8f9c7b6d-`);
  }
}

function subjectOf(set: RenderedSet): Subject | undefined {
  const workload = byKind(set, /^(Deployment|StatefulSet|CronJob)$/);
  if (!workload) {
    return undefined;
  }
  const { name, namespace } = workload.metadata;
  const hpa =
    byKind(set, /^HorizontalPodAutoscaler$/)?.metadata.name ??
    `keda-hpa-${name}`;
  return { name, namespace: namespace!, pod: podNameOf(workload), hpa };
}

/** Sets that have the same rules count once. */
const ruleSets = new Map<string, RuleSet>();
for (const set of renderedSets) {
  for (const { kind, spec } of set.objects) {
    if (kind === 'PrometheusRule') {
      const { groups } = spec as unknown as RuleSet;
      const subject = subjectOf(set);
      const key = JSON.stringify([groups, subject]);
      if (!ruleSets.has(key)) {
        ruleSets.set(key, { title: set.title, groups, subject });
      }
    }
  }
}

function minutesOf(duration = '0m'): number {
  const [, count, unit] = /^(\d+)(m|h|d)$/.exec(duration) ?? [];
  assert.ok(count, `${duration} is no duration of minutes, hours or days`);
  return Number(count) * { m: 1, h: 60, d: 1440 }[unit]!;
}

function testOf(
  { warmUpMinutes, everyMinutes = 1, series }: Scenario,
  lasts: number,
  expected: { expr: string; value: number },
) {
  return {
    interval: `${everyMinutes}m`,
    input_series: series.map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: expected.expr,
        eval_time: `${warmUpMinutes + lasts + 3}m`,
        exp_samples: [{ labels: '{}', value: expected.value }],
      },
    ],
  };
}

/** The scenario of an alert; of a service's its name comes first. */
function scenarioOf(alert: string, subject: Subject | undefined): Scenario {
  const scenarios = subject ? serviceScenarios(subject) : CLUSTER_SCENARIOS;
  const suffix = Object.keys(scenarios).find(name =>
    subject ? alert.endsWith(name) : alert === name,
  );
  assert.ok(suffix, `no unit test fires ${alert}`);
  return scenarios[suffix];
}

let files = 0;
function write(content: unknown): string {
  files += 1;
  const file = path.join(folder, `${files}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

async function promtool(...args: string[]): Promise<void> {
  const { code, output, errors } = await run('promtool', args);
  assert.equal(code, 0, `${output}${errors}`);
}

describe('promtool', () => {
  it('is given rules', () => {
    assert.ok(ruleSets.size > 0);
  });

  for (const { title, groups, subject } of ruleSets.values()) {
    const rules = groups.flatMap(group => group.rules);
    it(`reads and fires each of the ${rules.length} alerts of ${title}`, async () => {
      const file = write({ groups });
      await promtool('check', 'rules', file);
      const well: readonly Series[] = subject
        ? wellService(subject)
        : WELL_CLUSTER;
      const fired = rules.map(rule =>
        testOf(scenarioOf(rule.alert, subject), minutesOf(rule.for), {
          expr: `count(ALERTS{alertname="${rule.alert}",alertstate="firing"}) > bool 0`,
          value: 1,
        }),
      );
      const silent = testOf({ warmUpMinutes: 240, series: well }, 360, {
        expr: 'count(ALERTS) or vector(0)',
        value: 0,
      });
      await promtool(
        'test',
        'rules',
        write({
          rule_files: [file],
          evaluation_interval: '1m',
          tests: [...fired, silent],
        }),
      );
    });
  }
});

/** Every query of a dashboard or a trigger, which no rule has. */
function queriesOf({ objects }: RenderedSet): string[] {
  return objects.flatMap(({ kind, data, spec }) => {
    if (kind === 'ScaledObject') {
      const { triggers } = spec as unknown as {
        triggers: Array<{ metadata: { query?: string } }>;
      };
      return triggers.flatMap(({ metadata: { query } }) => query ?? []);
    }
    const dashboards = Object.entries((data ?? {}) as Record<string, string>)
      .filter(([name]) => name.endsWith('.json'))
      .map(([, text]) => JSON.parse(text));
    return dashboards
      .flatMap(({ panels = [] }) => panels)
      .flatMap(({ targets = [] }: any) => targets)
      .flatMap(({ expr }: any) => expr ?? []);
  });
}

describe('queries of dashboards and triggers', () => {
  for (const set of renderedSets) {
    const queries = queriesOf(set);
    if (queries.length > 0) {
      it(`of ${set.title} can be read, all ${queries.length}`, async () => {
        const rules = queries.map((query, i) => ({
          record: `query:${i}`,
          // Grafana's variables stand where a duration or a value may stand.
          expr: query
            .replace(/\$__(rate_)?interval|\$__range/g, '5m')
            .replace(/\$\{?\w+\}?/g, 'any'),
        }));
        await promtool(
          'check',
          'rules',
          write({ groups: [{ name: 'queries', rules }] }),
        );
      });
    }
  }
});
