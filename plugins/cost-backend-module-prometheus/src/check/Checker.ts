import {
  EndpointError,
  PrometheusSeries,
} from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { CheckStep } from '@headroom/plugin-cost-node';
import { nodeOf } from '../reading/labels';
import { OTHER_SERIES, POD_SERIES } from '../series/objectSeries';
import { CADVISOR_SERIES } from '../series/usageSeries';
import { CheckAsker } from './CheckAsker';
import { checkClock } from './clock';
import { checkExporters, exporterJobs } from './exporters';
import { checkGpus } from './gpus';
import { checkHistory } from './history';
import { checkIntervals } from './intervals';
import { checkLinkLabels, checkPodLabels } from './labels';
import { checkMatchers } from './matchers';
import { checkNodeLabels, checkPlatforms, kindsOf, readNodes } from './nodes';
import { Parts, valueOf } from './parts';
import { checkObjects, checkUsage, namesOf } from './presence';
import { PrometheusCheck } from './PrometheusCheck';
import * as questions from './questions';
import { asking, found, notTold } from './steps';
import { checkTargets, readTargets, Target } from './targets';

/** How far ahead of the server's clock samples are looked for, in seconds. */
const AHEAD_SECONDS = 240;
/** Jobs whose targets are looked at one by one. */
const MOST_JOBS = 6;

/** Asks one Prometheus one question after the other. */
export class Checker {
  readonly #asker: CheckAsker;
  readonly #check: PrometheusCheck;
  readonly #where: Worded;
  #serverSeconds = 0;

  constructor(check: PrometheusCheck) {
    this.#check = check;
    this.#asker = CheckAsker.create(check.client(), check.signal);
    this.#where = word('prometheusOf', { cluster: check.cluster.name });
  }

  async *run(): AsyncGenerator<CheckStep> {
    yield asking(word('askClock'));
    yield* await this.#clock();

    yield asking(word('askTargets'));
    const targets = readTargets(
      await this.#asker.ask(questions.targetsQuery(this.#asker.select)),
    );

    yield asking(word('askExporters'));
    const exporters = await this.#asker.ask(
      questions.exportersQuery(this.#asker.select),
    );
    if (Parts.read(exporters).of('exporters').length === 0) {
      const nothing = await this.#pickNothing(targets);
      if (nothing) {
        yield found(nothing);
        return;
      }
    }
    yield* checkExporters(exporters, this.#where).map(found);

    yield asking(word('askPods'));
    yield* await this.#objects();

    yield asking(word('askUsage'));
    const usage = await this.#topic('usage', () =>
      questions.cadvisorQuery(this.#asker.select, CADVISOR_SERIES),
    );
    yield* usage.findings(checkUsage);

    const jobs = new Set([
      ...exporterJobs(exporters),
      ...Parts.read(usage.series)
        .of('jobs')
        .map(({ labels }) => labels.job ?? ''),
    ]);
    yield* checkTargets(targets, jobs).map(found);

    yield asking(word('askIntervals'));
    const info = await this.#topic('nodes', () =>
      questions.nodeInfoQuery(this.#asker.select),
    );
    yield* await this.#intervals(
      jobs,
      Parts.read(usage.series).of('example'),
      info.series,
    );

    yield asking(word('askNodes'));
    yield* await this.#nodes(info.series);

    yield asking(word('askLabels'));
    const { linkLabels = [] } = this.#check.configured;
    const wanted = linkLabels.slice(0, questions.MOST_LABELS);
    const labels = await this.#topic('pod-labels', () =>
      questions.podLabelsQuery(this.#asker.select, wanted),
    );
    yield* labels.findings(series => [
      checkPodLabels(series),
      ...checkLinkLabels(series, wanted),
    ]);

    yield asking(word('askGpus'));
    const gpus = await this.#topic('gpus', () =>
      questions.gpusQuery(this.#asker.select),
    );
    yield* gpus.findings(checkGpus);

    yield asking(word('askHistory'));
    yield* await this.#history();
  }

  async #clock(): Promise<CheckStep[]> {
    const { now } = this.#check;
    const before = now().getTime() / 1000;
    const [series] = await this.#asker.ask('time()');
    const after = now().getTime() / 1000;
    this.#serverSeconds = valueOf(series);
    return [
      found({
        id: 'answers',
        severity: 'right',
        sentence: word('answers', {
          milliseconds: Math.max(1, Math.round((after - before) * 1000)),
        }),
      }),
      found(checkClock(this.#serverSeconds, [before, after])),
    ];
  }

  /** What keeps everything from being seen, where nothing at all is. */
  async #pickNothing(targets: Target[]): Promise<WordedFinding | undefined> {
    const { matchers = {} } = this.#check.cluster.prometheus ?? {};
    if (targets.length > 0 && Object.keys(matchers).length === 0) {
      return undefined;
    }
    const labels = Object.keys(matchers);
    const { client, signal } = this.#check;
    const asker = CheckAsker.create(client({ matchers: {} }), signal);
    const there = await asker.tryAsk(
      `topk(50, count by (${labels.join(', ')}) (${asker.select({
        metric: ['up', 'kube_node_info'],
        matchers: [],
      })}))`,
    );
    if (
      there instanceof EndpointError ||
      (targets.length > 0 && there.length > 0)
    ) {
      return undefined;
    }
    return checkMatchers(matchers, there, this.#where);
  }

  async #objects(): Promise<CheckStep[]> {
    const { select } = this.#asker;
    let pods = await this.#asker.tryAsk(
      questions.presenceQuery(select, POD_SERIES),
    );
    if (pods instanceof EndpointError) {
      // Too many series at once: one namespace that every cluster has will do.
      pods = await this.#asker.tryAsk(
        questions.presenceInOneNamespace(select, POD_SERIES),
      );
    }
    const others = await this.#asker.tryAsk(
      questions.otherPresenceQuery(select, OTHER_SERIES),
    );
    const failed = [pods, others].find(each => each instanceof EndpointError);
    if (failed instanceof EndpointError) {
      return [found(notTold('objects', failed))];
    }
    const present = namesOf([pods, others].flat() as PrometheusSeries[]);
    return checkObjects(present, [...POD_SERIES, ...OTHER_SERIES]).map(found);
  }

  async #intervals(
    jobs: Set<string>,
    containers: PrometheusSeries[],
    info: PrometheusSeries[],
  ): Promise<CheckStep[]> {
    const { select } = this.#asker;
    const time = new Date((this.#serverSeconds + AHEAD_SECONDS) * 1000);
    const samples = async (query: string | undefined) => {
      const answer = query ? await this.#asker.tryAsk(query, time) : [];
      return answer instanceof EndpointError ? [] : answer;
    };
    const names = [...jobs].slice(0, MOST_JOBS);
    const examples = await this.#asker.tryAsk(
      questions.exampleTargetsQuery(select, names),
    );
    const targets = examples instanceof EndpointError ? [] : examples;
    const [container] = containers;
    const [node] = info;
    const { scrapeIntervalSeconds } = this.#check.cluster.prometheus ?? {};
    return checkIntervals(
      {
        up: await samples(
          targets.length > 0
            ? questions.targetSamplesQuery(
                select,
                targets.map(({ labels }) => labels),
              )
            : undefined,
        ),
        cadvisor: await samples(
          container &&
            questions.containerSamplesQuery(select, container.labels),
        ),
        nodes: await samples(
          node &&
            questions.nodeSamplesQuery(select, {
              label: node.labels.exported_node ? 'exported_node' : 'node',
              name: nodeOf(node.labels) ?? '',
            }),
        ),
        nowSeconds: this.#serverSeconds,
      },
      scrapeIntervalSeconds,
      this.#where,
    ).map(found);
  }

  async #nodes(info: PrometheusSeries[]): Promise<CheckStep[]> {
    const { select } = this.#asker;
    const labels = await this.#asker.tryAsk(questions.nodeLabelsQuery(select));
    const capacity = await this.#asker.tryAsk(
      questions.nodeCapacityQuery(select),
    );
    const nodes = readNodes(
      info,
      labels instanceof EndpointError ? [] : labels,
      capacity instanceof EndpointError ? [] : capacity,
      {
        region: this.#check.cluster.region,
        rules: this.#check.configured.nodeLabels,
      },
    );
    return [
      ...(labels instanceof EndpointError
        ? [notTold('node-labels', labels)]
        : [...checkNodeLabels(nodes), ...checkPlatforms(nodes)]
      ).map(found),
      {
        kind: 'nodes',
        nodes: kindsOf(nodes.values(), this.#check.now()),
      },
    ];
  }

  async #history(): Promise<CheckStep[]> {
    for (const days of [questions.DAYS_AGO, questions.DAYS_AGO.slice(0, 3)]) {
      // Managed services refuse to look back for more than a month.
      const answer = await this.#asker.tryAsk(
        questions.historyQuery(this.#asker.select, days),
      );
      if (!(answer instanceof EndpointError)) {
        return [found(checkHistory(answer, days))];
      }
    }
    return [];
  }

  async #topic(id: string, query: () => string) {
    const answer = await this.#asker.tryAsk(query());
    return {
      series: answer instanceof EndpointError ? [] : answer,
      findings: (read: (series: PrometheusSeries[]) => WordedFinding[]) =>
        (answer instanceof EndpointError
          ? [notTold(id, answer)]
          : read(answer)
        ).map(found),
    };
  }
}
