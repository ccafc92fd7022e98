/**
 * On a workload or an entity: its schedule, in one line or as JSON. Parts are
 * separated by `;`:
 *
 * - windows: `Mon-Fri 07:00-19:00`, `daily 22:00-06:00`, `Fri 20:00-Mon 06:00`,
 *   `Sat,Sun all day`, `Mon 07:00 for 90m`, `cron "0 7 * * 1-5" for 10h`,
 *   `2026-12-24..2026-12-26 all day`; each followed by what is wanted, if that isn't
 *   `untouched`: `zero`, `fixed=3`, `min=2`, `max=5`, `min=2 max=5`; and by its zone,
 *   unless `zone=` says it for all
 * - exceptions: `except 2026-12-24`, with times and a wish where it has them; without
 *   a wish what holds outside of windows
 * - settings: `zone=Europe/Berlin`, `outside=zero`, `mode=enforce`, `grace=30m`,
 *   `lead=measured|none|5m`, `holidays=<calendar>`, `approval=two`, `title=…`
 *
 * e.g. `Mon-Fri 07:00-19:00 Europe/Berlin; outside=0`. The JSON form begins with `{`
 * and is a policy without `id`, `by`, `origin`, `scope`, `clusters` and `overrides`.
 *
 * @public
 */
export const SCHEDULE_ANNOTATION = 'headroom.io/schedule';

/**
 * On a workload or an entity: it is kept up, whatever its policy says:
 * `until 2026-12-01T18:00:00Z by user:default/ada because the demo is late`.
 *
 * @public
 */
export const KEEP_UP_ANNOTATION = 'headroom.io/keep-up';

/** As {@link KEEP_UP_ANNOTATION}, down. @public */
export const KEEP_DOWN_ANNOTATION = 'headroom.io/keep-down';

/**
 * On a workload or an entity: no schedule touches it: `true`, or
 * `until 2026-12-01T18:00:00Z`.
 *
 * @public
 */
export const EXCLUDE_ANNOTATION = 'headroom.io/schedule-exclude';

/**
 * On a workload, a service or a system: neither a schedule nor advice changes it, but
 * for putting back what they changed before: `true`,
 * `until 2026-12-01T18:00:00Z`, or
 * `until 2026-12-01T18:00:00Z by user:default/ada because it is being moved`. Any
 * other text but `false` is a reason, and holds until it is taken away.
 *
 * @public
 */
export const HOLD_ANNOTATION = 'headroom.io/hold';

/**
 * On a workload, a service or a system: fewer replicas are left of no workload of
 * it, e.g. `2`.
 *
 * @public
 */
export const MIN_REPLICAS_ANNOTATION = 'headroom.io/min-replicas';
