/** At least one week, or the GPUs of a weekly job look unused. */
export const MINIMUM_DAYS = 7;
/** Every hour of the week seen twice. */
export const SCHEDULE_DAYS = 14;
/** Kept free above the highest that was seen, of memory and of compute. */
export const HEADROOM = 1.15;
/** Savings below this part of the workload's GPU cost aren't worth a change. */
export const MINIMUM_SAVED_SHARE = 0.05;

export const GIB = 2 ** 30;
