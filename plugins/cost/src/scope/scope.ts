import { validDay } from '@headroom/common';
import { CostScope, FleetDimension } from '@headroom/plugin-cost-common';

/** The windows one may pick, in the order they are offered. */
export const WINDOW_PRESETS = ['7d', '30d', '90d', 'mtd', 'custom'] as const;

/** The dimensions a fleet can be grouped by, in the order they are offered. */
export const FLEET_DIMENSIONS: readonly FleetDimension[] = [
  'team',
  'service',
  'cluster',
  'region',
  'namespace',
];

/** What a page shows before anything is picked. */
export const DEFAULT_SCOPE: CostScope = { window: '30d', idle: 'separate' };

const SCOPE_KEYS = ['window', 'from', 'to', 'currency', 'idle'] as const;

function oneOf<T extends string>(
  values: readonly T[],
  text: string | null,
): T | undefined {
  return values.find(value => value === text);
}

/** Reads a scope from a URL; what makes no sense falls back to the default. */
export function parseScope(params: URLSearchParams): CostScope {
  const idle = oneOf(['separate', 'shared'] as const, params.get('idle'));
  const currency = params.get('currency') ?? undefined;
  const base: CostScope = {
    window: oneOf(WINDOW_PRESETS, params.get('window')) ?? DEFAULT_SCOPE.window,
    idle: idle ?? DEFAULT_SCOPE.idle,
    ...(currency && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
  };
  if (base.window !== 'custom') {
    return base;
  }
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  return validDay(from) && validDay(to) && from <= to
    ? { ...base, from, to }
    : { ...base, window: DEFAULT_SCOPE.window };
}

/** The URL parameters of a scope; what is default is left out. */
export function scopeParams(scope: CostScope): URLSearchParams {
  const params = new URLSearchParams();
  if (scope.window !== DEFAULT_SCOPE.window) {
    params.set('window', scope.window);
  }
  if (scope.window === 'custom' && scope.from && scope.to) {
    params.set('from', scope.from);
    params.set('to', scope.to);
  }
  if (scope.currency) {
    params.set('currency', scope.currency);
  }
  if (scope.idle !== DEFAULT_SCOPE.idle) {
    params.set('idle', scope.idle);
  }
  return params;
}

/** `params` with its scope replaced and everything else left as it is. */
export function withScope(
  params: URLSearchParams,
  scope: CostScope,
): URLSearchParams {
  const next = new URLSearchParams(params);
  SCOPE_KEYS.forEach(key => next.delete(key));
  scopeParams(scope).forEach((value, key) => next.set(key, value));
  return next;
}

/** Reads the grouping of a fleet from a URL. */
export function parseGroupBy(params: URLSearchParams): FleetDimension {
  return oneOf(FLEET_DIMENSIONS, params.get('groupBy')) ?? 'team';
}

/** What a report is asked about, as one text: two equal ones have the same answer. */
export function reportQuestion(scope: CostScope, subject: string = ''): string {
  return `${subject}?${scopeParams(scope)}`;
}
