import {
  AdvisedResource,
  AdviceReason,
  AdviceRule,
  HpaMove,
  PodSetting,
  Setting,
} from '../types';

/**
 * What a rule would set, and everything that speaks against it. Whether it is
 * proposed, kept or withheld is decided in one place, see `decide`.
 */
export interface Draft {
  resource: AdvisedResource;
  /** Undefined = no number can be said. */
  setting?: Setting;
  /** Before "never lower" was applied: what is held back. */
  unclamped?: Setting;
  rule?: AdviceRule;
  /** Moves with the request. */
  hpa?: HpaMove;
  /** Other containers of the pod change with it: too small to say is then said of all, not of one. */
  together?: boolean;
  /** The request is the pod's; `setting` and `current` are this container's part of it. */
  pod?: PodSetting & { proposed: Setting };
  /** What is set now, where that is not what the spec says. */
  current?: CurrentSetting;
  /** Withhold whatever the number is. */
  vetoes: AdviceReason[];
  /** Withhold a number that takes something away. */
  lowerVetoes: AdviceReason[];
  /** Said beside advice. */
  notes: AdviceReason[];
  /** A change that must not pass as noise: what is set now is too little. */
  urgent?: boolean;
}

/** Set now; a request that is absent is the limit, as Kubernetes has it. */
export interface CurrentSetting {
  request?: number;
  limit?: number;
}

/** Whether a setting takes something away. A limit where there was none does. */
export function lowers(setting: Setting, current: CurrentSetting): boolean {
  return (
    setting.request < requestOf(current) ||
    (setting.limit !== null && setting.limit < (current.limit ?? Infinity))
  );
}

/** The setting, with nothing below what is set now. */
export function neverLower(setting: Setting, current: CurrentSetting): Setting {
  const { limit } = setting;
  return {
    request: Math.max(setting.request, requestOf(current)),
    limit:
      limit === null || current.limit === undefined
        ? null
        : Math.max(limit, current.limit),
  };
}

/** 0 when neither a request nor a limit is set. */
export function requestOf({ request, limit }: CurrentSetting): number {
  return request ?? limit ?? 0;
}

/** Equal but for what sources round differently. */
export function sameSetting(
  setting: Setting,
  current: CurrentSetting,
): boolean {
  return (
    current.request !== undefined &&
    closeTo(setting.request, current.request) &&
    (setting.limit === null
      ? current.limit === undefined
      : current.limit !== undefined && closeTo(setting.limit, current.limit))
  );
}

function closeTo(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(a, b);
}
