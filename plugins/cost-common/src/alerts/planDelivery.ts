import { AlertKind, AlertSeverity, isAtLeast } from './costAlert';
import { isQuiet, nextTime, QuietHours, quietUntil } from './quietHours';

/** When people are told what. @public */
export interface DeliveryRules {
  /** IANA zone of the times of day. */
  zone: string;
  quietHours?: QuietHours;
  /** These are told together, once a day at `at`, `HH:mm`. */
  digest?: { at: string; kinds: readonly AlertKind[] };
}

/** What a plan has to know of an alert. @public */
export interface PlannedAlert {
  kind: AlertKind;
  severity: AlertSeverity;
  /** Since when it waits, ISO 8601 UTC. */
  at: string;
}

/** What is done with alerts that nobody was told of. Each is in one place. @public */
export interface DeliveryPlan<TAlert> {
  /** Each is told by itself. */
  now: TAlert[];
  /** They are told now, each kind as one: those of the digest, and those that quiet hours held. */
  merged: TAlert[];
  /** They are told later; `until` is when to look again at the latest, absent = rules that are always quiet. */
  waiting: Array<{ alert: TAlert; until?: string }>;
}

/**
 * What to tell now, and what to keep. Nothing is told in quiet hours but what they let
 * through. What happened in quiet hours waits for their end and is merged then; kinds of
 * the digest wait for its time, the first after they happened, and further when
 * that is quiet. An alert that is late for any reason is told at the next time that is
 * allowed. Depends on nothing but its arguments.
 *
 * @public
 */
export function planDelivery<TAlert extends PlannedAlert>(
  alerts: readonly TAlert[],
  { zone, quietHours, digest }: DeliveryRules,
  now: Date,
): DeliveryPlan<TAlert> {
  const plan: DeliveryPlan<TAlert> = { now: [], merged: [], waiting: [] };
  const wait = (alert: TAlert, from: Date) => {
    const until = quietHours ? quietUntil(quietHours, zone, from) : from;
    plan.waiting.push({
      alert,
      ...(until && { until: until.toISOString() }),
    });
  };
  for (const alert of alerts) {
    const { kind, severity } = alert;
    const at = new Date(alert.at);
    const isHeld = (then: Date) =>
      quietHours !== undefined &&
      isQuiet(quietHours, zone, then) &&
      !(quietHours.letThrough && isAtLeast(severity, quietHours.letThrough));
    const inDigest = digest?.kinds.includes(kind);
    const due = digest && inDigest ? nextTime(digest.at, zone, at) : at;
    if (due > now) {
      wait(alert, due);
    } else if (isHeld(now)) {
      wait(alert, now);
    } else if (inDigest || isHeld(at)) {
      plan.merged.push(alert);
    } else {
      plan.now.push(alert);
    }
  }
  return plan;
}
