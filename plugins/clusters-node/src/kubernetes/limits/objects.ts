import { KubernetesObject } from '../objects';

type Quantities = Record<string, string>;

/** @internal */
export interface LimitRange extends KubernetesObject {
  spec?: {
    limits?: Array<{
      type?: string;
      min?: Quantities;
      max?: Quantities;
      default?: Quantities;
      defaultRequest?: Quantities;
      maxLimitRequestRatio?: Quantities;
    }>;
  };
}

/** @internal */
export interface ResourceQuota extends KubernetesObject {
  spec?: {
    hard?: Quantities;
    scopes?: string[];
    scopeSelector?: {
      matchExpressions?: Array<{
        scopeName: string;
        operator: string;
        values?: string[];
      }>;
    };
  };
  status?: { hard?: Quantities; used?: Quantities };
}
