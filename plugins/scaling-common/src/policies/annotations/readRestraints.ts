import { Worded } from '@headroom/common';
import { sayAnnotation } from '../../sentences/annotationSentences';
import { AnnotatedSubject, nameOf } from './AnnotatedSubject';
import { OVERRIDE, UNTIL } from './instants';
import { HOLD_ANNOTATION, MIN_REPLICAS_ANNOTATION } from './names';

/** Somebody wants something to be left alone. @public */
export interface AnnotatedHold {
  /** A user, as the annotation says, or the annotation itself and what has it. */
  by: string;
  /** Absent = none is given. */
  reason?: string;
  /** ISO 8601 UTC; absent = until it is taken away. */
  until?: string;
}

/** What annotations forbid, whatever policies and advice want. @public */
export interface Restraints {
  holds: readonly AnnotatedHold[];
  /** Fewer must not run, and who says so; absent = nothing says. */
  minimumReplicas?: { replicas: number; because: Worded };
}

const LONGEST_REASON = 300;
const MOST_REPLICAS = 1_000_000;

/**
 * What `headroom.io/hold` and `headroom.io/min-replicas` of a workload or an entity
 * forbid. Doubt forbids: a hold that can't be read holds without an end, and a
 * minimum that can't be read holds all.
 *
 * @public
 */
export function readRestraints(
  annotations: Readonly<Record<string, string | undefined>>,
  subject: AnnotatedSubject,
): Restraints {
  const hold = readHold(annotations[HOLD_ANNOTATION], subject);
  const minimum = readMinimum(annotations[MIN_REPLICAS_ANNOTATION], subject);
  return {
    holds: [hold, minimum?.hold].flatMap(each => each ?? []),
    ...(minimum?.minimumReplicas && {
      minimumReplicas: minimum.minimumReplicas,
    }),
  };
}

function readHold(
  text: string | undefined,
  subject: AnnotatedSubject,
): AnnotatedHold | undefined {
  const said = text?.trim();
  if (said === undefined || said === 'false') {
    return undefined;
  }
  const by = `${HOLD_ANNOTATION} (${nameOf(subject)})`;
  const [, instant, owner, reason] = OVERRIDE.exec(said) ?? [];
  const until = Date.parse(instant ?? UNTIL.exec(said)?.[1] ?? '');
  if (!Number.isNaN(until)) {
    return {
      by: owner ?? by,
      ...(reason && { reason: reason.slice(0, LONGEST_REASON) }),
      until: new Date(until).toISOString(),
    };
  }
  return said === 'true' || said === ''
    ? { by }
    : { by, reason: said.slice(0, LONGEST_REASON) };
}

function readMinimum(text: string | undefined, subject: AnnotatedSubject) {
  const said = text?.trim();
  if (said === undefined) {
    return undefined;
  }
  const replicas = /^\d{1,7}$/.test(said) ? Number(said) : NaN;
  const of = nameOf(subject);
  return replicas <= MOST_REPLICAS
    ? {
        minimumReplicas: {
          replicas,
          because: sayAnnotation('minimum', {
            annotation: MIN_REPLICAS_ANNOTATION,
            of,
          }),
        },
      }
    : {
        hold: {
          by: `${MIN_REPLICAS_ANNOTATION} (${of})`,
          reason: sayAnnotation('minimumUnread', {
            part: said.slice(0, LONGEST_REASON),
          }).message,
        },
      };
}
