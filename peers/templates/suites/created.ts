import { V1Pod, V1Secret } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import {
  create,
  createNamespace,
  until,
} from '../../kubernetes/suites/cluster';
import { ask, getJson, pathOf } from './apiServer';
import { Manifest, RenderedSet } from './rendered';
import { Signals } from './signals';

/** Where Prometheus usually is; there is none by that name here. */
const USUAL_PROMETHEUS = 'http://prometheus-operated.monitoring.svc:9090';

/** A set of which the objects are really there, in a namespace of its own. */
export class CreatedSet {
  readonly title: string;
  readonly namespace: string;
  readonly objects: readonly Manifest[];

  constructor(set: RenderedSet, namespace: string, signals: Signals) {
    this.title = set.title;
    this.namespace = namespace;
    const was = set.objects.find(({ metadata }) => metadata.namespace)!.metadata
      .namespace!;
    // Objects, and the queries in them.
    const text = JSON.stringify(set.objects)
      .replaceAll(`"namespace":"${was}"`, `"namespace":"${namespace}"`)
      .replaceAll(`namespace=\\"${was}\\"`, `namespace=\\"${namespace}\\"`)
      .replaceAll(USUAL_PROMETHEUS, signals.prometheusUrl);
    this.objects = JSON.parse(text);
  }

  object<T = any>(kind: string): T | undefined {
    return this.objects.find(each => each.kind === kind) as T | undefined;
  }

  /** The object whose pods do the work. */
  get workload(): any {
    return this.objects.find(({ kind }) =>
      /^(Deployment|StatefulSet|CronJob)$/.test(kind),
    );
  }

  get podSpec(): any {
    const { spec } = this.workload;
    return (spec.template ?? spec.jobTemplate.spec.template).spec;
  }

  /** Replicas that it begins with; where it may have none, those for what waits. */
  get replicas(): number {
    const scaled = this.object('ScaledObject')?.spec;
    const min =
      this.object('HorizontalPodAutoscaler')?.spec.minReplicas ??
      scaled?.minReplicaCount ??
      this.workload.spec.replicas;
    return min === 0 ? 2 : min;
  }

  async create(signals: Signals): Promise<void> {
    await createNamespace(this.namespace);
    for (const { spec } of this.objects.filter(
      ({ kind }) => kind === 'TriggerAuthentication',
    )) {
      const { secretTargetRef } = spec as unknown as {
        secretTargetRef: Array<{ name: string; key: string }>;
      };
      // It is created before, by hand or by an operator.
      await create<V1Secret>({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: secretTargetRef[0].name,
          namespace: this.namespace,
        },
        stringData: Object.fromEntries(
          secretTargetRef.map(({ key }) => [key, signals.queueUrl]),
        ),
      });
    }
    for (const object of this.objects) {
      await this.#createOne(object);
    }
  }

  async #createOne(object: Manifest): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const path = await pathOf(apiVersion, kind, metadata.namespace);
    // Those without a definition are named by the suite `admission`.
    if (path !== undefined) {
      const { code, body } = await ask(
        'POST',
        `${path}?fieldValidation=Strict`,
        object,
      );
      assert.equal(code, 201, `${kind} ${metadata.name}: ${body.message}`);
    }
  }

  list(root: string, resource: string): Promise<any[]> {
    return getJson(`${root}/namespaces/${this.namespace}/${resource}`).then(
      ({ items }) => items,
    );
  }

  pods(): Promise<V1Pod[]> {
    return this.list('/api/v1', 'pods');
  }

  /** Waits until as many pods as there have to be are ready. */
  async readyPods(): Promise<V1Pod[]> {
    let seen = '';
    return until(
      () => `${this.title} has ${this.replicas} ready pods, not ${seen}`,
      async () => {
        const pods = await this.pods();
        const ready = pods.filter(({ status }) =>
          status?.conditions?.some(
            ({ type, status: is }) => type === 'Ready' && is === 'True',
          ),
        );
        seen = `${ready.length} of ${pods.length}: ${pods
          .flatMap(({ status }) => status?.conditions ?? [])
          .flatMap(({ message }) => message ?? [])
          .slice(0, 1)}`;
        return (
          pods.length === this.replicas &&
          ready.length === this.replicas &&
          pods
        );
      },
    );
  }
}
