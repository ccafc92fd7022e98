import { ActingMode, createGlob } from '@headroom/common';
import {
  AnnotatedSubject,
  AnnotationPolicy,
  EXCLUDE_ANNOTATION,
  KEEP_DOWN_ANNOTATION,
  KEEP_UP_ANNOTATION,
  Policy,
  PolicyIssue,
  readAnnotationPolicy,
  SCHEDULE_ANNOTATION,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { Links } from '../../database/LinkStore';
import { ScalingConfig } from '../config/ScalingConfig';
import { ClusterView } from './ClusterView';
import { lower } from './PolicyBook';

const READ = [
  SCHEDULE_ANNOTATION,
  KEEP_UP_ANNOTATION,
  KEEP_DOWN_ANNOTATION,
  EXCLUDE_ANNOTATION,
];

/** What annotations ask of one workload or entity, and how far that goes. */
export interface Annotated extends AnnotationPolicy {
  upTo: ActingMode;
}

/** Every policy, wherever it was made. */
export interface Collected {
  policies: readonly Policy[];
  /** By uid of a workload, and by reference of an entity. */
  annotated: ReadonlyMap<string, Annotated>;
  /** By id of a policy: what is wrong with the annotation that makes it. */
  issues: ReadonlyMap<string, readonly PolicyIssue[]>;
}

/**
 * Collects the policies of the configuration, of the page and of annotations. An
 * annotation of what no rule of the configuration is for is as good as not there.
 */
export class PolicyCollector {
  readonly #config: ScalingConfig;
  readonly #workloadRules: ReadonlyArray<{
    matches: (target: ScalingTarget) => boolean;
    upTo: ActingMode;
  }>;
  readonly #entityRules: ReadonlyArray<{
    matches: (entityRef: string) => boolean;
    upTo: ActingMode;
  }>;
  readonly #now: () => Date;
  /** As annotations were last read: the same policy while they are the same. */
  #read = new Map<string, Annotated>();

  static create(options: {
    config: ScalingConfig;
    now: () => Date;
  }): PolicyCollector {
    return new PolicyCollector(options);
  }

  private constructor({
    config,
    now,
  }: Parameters<typeof PolicyCollector.create>[0]) {
    this.#config = config;
    this.#now = now;
    this.#workloadRules = config.annotations.workloads.map(rule => {
      const inCluster = anyOf(rule.clusters);
      const inNamespace = anyOf(rule.namespaces);
      return {
        upTo: rule.upTo,
        matches: ({ workload }) =>
          inCluster(workload.cluster) && inNamespace(workload.namespace),
      };
    });
    this.#entityRules = config.annotations.entities.map(rule => ({
      upTo: rule.upTo,
      matches: anyOf(rule.entities),
    }));
  }

  collect({
    stored,
    clusters,
    links,
  }: {
    stored: readonly Policy[];
    clusters: readonly ClusterView[];
    links: Links;
  }): Collected {
    const read = new Map<string, Annotated>();
    const annotated = new Map<string, Annotated>();
    if (this.#workloadRules.length > 0) {
      for (const { targets } of clusters) {
        for (const target of targets) {
          const found = this.#ofWorkload(target, read);
          if (found) {
            annotated.set(target.workload.uid, found);
          }
        }
      }
    }
    if (this.#entityRules.length > 0) {
      for (const { entityRef, annotations } of links.entities.values()) {
        const rule = this.#entityRules.find(({ matches }) =>
          matches(entityRef),
        );
        const found =
          rule &&
          this.#of(annotations, { on: 'entity', entityRef }, rule.upTo, read);
        if (found) {
          annotated.set(entityRef, found);
        }
      }
    }
    this.#read = read;
    const made = [...annotated.values()];
    return {
      policies: [
        ...this.#config.policies,
        ...stored,
        ...made.flatMap(({ policy }) => policy ?? []),
      ],
      annotated,
      issues: new Map(
        made.flatMap(({ policy, issues }) =>
          policy && issues.length > 0 ? [[policy.id, issues] as const] : [],
        ),
      ),
    };
  }

  #ofWorkload(
    target: ScalingTarget,
    read: Map<string, Annotated>,
  ): Annotated | undefined {
    const { cluster, namespace, kind, name, annotations } = target.workload;
    if (!READ.some(key => annotations[key] !== undefined)) {
      return undefined;
    }
    const rule = this.#workloadRules.find(({ matches }) => matches(target));
    return (
      rule &&
      this.#of(
        annotations,
        { on: 'workload', cluster, namespace, kind, name },
        rule.upTo,
        read,
      )
    );
  }

  #of(
    annotations: Readonly<Record<string, string>>,
    subject: AnnotatedSubject,
    upTo: ActingMode,
    read: Map<string, Annotated>,
  ): Annotated | undefined {
    const texts = READ.map(key => annotations[key]);
    if (texts.every(text => text === undefined)) {
      return undefined;
    }
    const key = JSON.stringify([subject, texts]);
    const known = this.#read.get(key);
    const found = known ?? this.#readAnew(annotations, subject, upTo);
    read.set(key, found);
    return found;
  }

  #readAnew(
    annotations: Readonly<Record<string, string>>,
    subject: AnnotatedSubject,
    upTo: ActingMode,
  ): Annotated {
    const { policy, ...asked } = readAnnotationPolicy(annotations, subject, {
      nowMs: this.#now().getTime(),
      calendars: this.#config.calendars,
    });
    return {
      ...asked,
      upTo,
      ...(policy && {
        policy: { ...policy, mode: lower(policy.mode, upTo) },
      }),
    };
  }
}

function anyOf(
  patterns: readonly string[] | undefined,
): (text: string) => boolean {
  if (!patterns) {
    return () => true;
  }
  const globs = patterns.map(createGlob);
  return text => globs.some(matches => matches(text));
}
