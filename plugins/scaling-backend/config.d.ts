import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';

type HeadroomActingMode = 'observe' | 'propose' | 'enforce';

export interface Config {
  headroom?: {
    /** What holds for everything that changes the outside world. */
    acting?: {
      /** Namespaces in which nothing is changed, beside those of Kubernetes itself. */
      protectedNamespaces?: string[];
      /** Times in which nothing that takes capacity away is changed. */
      freezeWindows?: Array<{
        title: string;
        /** ISO 8601 with an offset, e.g. `2026-12-20T00:00:00Z`. */
        from: string;
        /** The first instant at which it no longer holds. */
        to: string;
        /** Absent = all. */
        clusters?: string[];
        namespaces?: string[];
        /** Also what gives capacity, or puts it back, waits. Default: false. */
        all?: boolean;
      }>;
      /** How much capacity may be taken away; of count and percentage the lower holds. */
      blastRadius?: {
        /** Default: 100 targets and 20 % of the workloads of a cluster. */
        perRun?: { count: number; percent: number };
        /** Default: 500 targets and 60 %. */
        perDay?: { count: number; percent: number };
        /** So many are let through whatever the percentage of a small cluster is. Default: 5. */
        atLeast?: number;
      };
      inventory?: {
        /** What is known of a cluster is not acted on when it is older. Default: 300. */
        maxAgeSeconds?: number;
        /** Fewer workloads than before, by more than so many of a hundred, are not believed. Default: 30. */
        shrunkPercent?: number;
      };
      rate?: {
        /** Writes to one object; giving capacity is not bounded. Default: 6. */
        perTargetPerHour?: number;
      };
      contested?: {
        /** A write that somebody takes back within so many seconds … Default: 600. */
        withinSeconds?: number;
        /** … so many times in a row is not made any more. Default: 2. */
        times?: number;
      };
    };
    scaling?: {
      /** The most that any policy does. Default: `enforce`. */
      mode?: HeadroomActingMode;
      /** The most that any policy does in a cluster. */
      clusters?: Array<{ name: string; mode: HeadroomActingMode }>;
      /**
       * On which objects `headroom.io/*` annotations make policies, and how far those
       * go. What no rule is for makes none: whoever may annotate a workload could
       * otherwise have it scaled, or keep the policy of its team from it.
       */
      annotations?: {
        workloads?: Array<{
          /** Names, `*` stands for any text. Absent = all. */
          clusters?: string[];
          namespaces?: string[];
          /** Default: `observe`. */
          mode?: HeadroomActingMode;
        }>;
        entities?: Array<{
          /** References, `*` stands for any text, e.g. `component:default/*`. Absent = all. */
          entities?: string[];
          /** Default: `observe`. */
          mode?: HeadroomActingMode;
        }>;
      };
      /**
       * Policies as the API takes them, see docs/concepts/acting.md.
       */
      policies?: Array<{ id: string; title: string; [field: string]: unknown }>;
      /** Holidays, by name, which policies refer to. */
      calendars?: Array<{
        id: string;
        title: string;
        /** First and last day that it is complete for, `YYYY-MM-DD`. */
        validFrom: string;
        validUntil: string;
        days: Array<{
          title: string;
          date: string;
          lastDate?: string;
          times?: {
            start?: string;
            end?: string;
            durationMinutes?: number;
            allDay?: boolean;
          };
        }>;
      }>;
      /** Between two looks at everything. Default: 30 seconds. */
      cycle?: HumanDuration | string;
      /** How long a replica leads unless it goes on. Default: 30 seconds. */
      lease?: HumanDuration | string;
      /** How often the catalog is read. Default: every 5 minutes. */
      entities?: Partial<SchedulerServiceTaskScheduleDefinitionConfig> & {
        /** Kinds beside Group. Default: Component, Resource and System. */
        kinds?: string[];
      };
      /** How advice is applied, see docs/concepts/applied-advice.md. */
      rightsizing?: {
        /** How far plans of advice go; of what no rule is for they wait for an approval. */
        rules?: Array<{
          clusters?: string[];
          namespaces?: string[];
          mode: HeadroomActingMode;
          /**
           * Through the pod template, which rolls the workload out, or in place, on the
           * pods that run (Kubernetes 1.33 or newer). Default: rollout.
           */
          by?: 'rollout' | 'resize';
          /** Who asked for a plan cannot approve it. Default: false. */
          twoPersons?: boolean;
        }>;
        /** Folders with the manifests of what runs, for pull requests. */
        manifests?: Array<{
          clusters?: string[];
          namespaces?: string[];
          url: string;
        }>;
        /** How long applied advice is watched, and what has it taken back. */
        watch?: {
          seconds?: number;
          pendingSeconds?: number;
          restarts?: number;
          throttledMore?: number;
          queries?: Array<{ title: string; query: string; above: number }>;
        };
      };
      /** How often the cost plugin is asked which workload is which service's. Default: every 2 minutes. */
      links?: Partial<SchedulerServiceTaskScheduleDefinitionConfig>;
      /** How often what was saved is measured. Default: every 10 minutes. */
      savings?: Partial<SchedulerServiceTaskScheduleDefinitionConfig>;
    };
  };
}
