import { z } from 'zod';
import { ResourceDefinition } from './resources';
import { fieldSelector, labelSelector, Selector } from './selectors';
import { badRequest, invalidListOptions } from './status';

/** Options of a list or watch, checked. */
export interface ListOptions {
  selects: Selector;
  /** Whether `selects` may leave something out. */
  selective: boolean;
  limit?: number;
  continueToken?: string;
  /** Undefined = the latest; 0 = any. */
  resourceVersion?: number;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  watch: boolean;
  allowWatchBookmarks: boolean;
  sendInitialEvents?: boolean;
  timeoutSeconds?: number;
}

/** An API server takes whatever isn't a no for a yes, a flag without a value too. */
const flag = z
  .string()
  .transform(
    value => !['0', 'false'].includes(value.toLocaleLowerCase('en-US')),
  );
const count = z.string().regex(/^\d+$/).transform(Number);

const querySchema = z.object({
  labelSelector: z.string().optional(),
  fieldSelector: z.string().optional(),
  limit: count.optional(),
  continue: z.string().optional(),
  resourceVersion: z.string().optional(),
  resourceVersionMatch: z.string().optional(),
  watch: flag.optional(),
  allowWatchBookmarks: flag.optional(),
  sendInitialEvents: flag.optional(),
  timeoutSeconds: count.optional(),
});

function checkedVersion(text: string | undefined): number | undefined {
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: "${text}": must be a number this server gave`,
    );
  }
  return Number(text);
}

function checkedMatch(
  text: string | undefined,
): 'Exact' | 'NotOlderThan' | undefined {
  if (!text) {
    return undefined;
  }
  if (text !== 'Exact' && text !== 'NotOlderThan') {
    throw invalidListOptions(
      `resourceVersionMatch: Unsupported value: "${text}": supported values: "Exact", "NotOlderThan"`,
    );
  }
  return text;
}

function checkCombination(options: ListOptions): void {
  const { resourceVersion, resourceVersionMatch: match, watch } = options;
  if (options.sendInitialEvents !== undefined) {
    if (!watch) {
      throw invalidListOptions(
        'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
      );
    }
    if (match !== 'NotOlderThan') {
      throw invalidListOptions(
        'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      );
    }
    return;
  }
  if (!match) {
    return;
  }
  if (watch) {
    throw invalidListOptions(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  if (resourceVersion === undefined) {
    throw invalidListOptions(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (match === 'Exact' && resourceVersion === 0) {
    throw invalidListOptions(
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
  }
  if (options.continueToken) {
    throw invalidListOptions(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    );
  }
}

/** A watch that begins with what exists and takes bookmarks is told where that ends. */
function withDefaults(options: ListOptions): ListOptions {
  const { watch, allowWatchBookmarks, resourceVersion } = options;
  return watch && allowWatchBookmarks && !resourceVersion
    ? { ...options, sendInitialEvents: options.sendInitialEvents ?? true }
    : options;
}

/** Reads and checks the query of a list or watch. Throws 400 or 422. */
export function parseListOptions(
  query: Record<string, unknown>,
  resource: ResourceDefinition,
): ListOptions {
  // Of an option that is given twice, the first one counts.
  const single = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  const parsed = querySchema.safeParse(Object.fromEntries(single));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`${issue.path.join('.')}: ${issue.message}`);
  }
  const raw = parsed.data;
  const byLabels = labelSelector(raw.labelSelector);
  const byFields = fieldSelector(raw.fieldSelector, resource);
  const options: ListOptions = {
    selects: object => byLabels(object) && byFields(object),
    selective: Boolean(raw.labelSelector || raw.fieldSelector),
    limit: raw.limit || undefined,
    continueToken: raw.continue || undefined,
    resourceVersion: checkedVersion(raw.resourceVersion),
    resourceVersionMatch: checkedMatch(raw.resourceVersionMatch),
    watch: raw.watch ?? false,
    allowWatchBookmarks: raw.allowWatchBookmarks ?? false,
    sendInitialEvents: raw.sendInitialEvents,
    timeoutSeconds: raw.timeoutSeconds,
  };
  checkCombination(options);
  return withDefaults(options);
}
