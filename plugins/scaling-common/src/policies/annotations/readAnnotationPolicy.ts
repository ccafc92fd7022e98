import { Worded } from '@headroom/common';
import { sayAnnotation } from '../../sentences/annotationSentences';
import { PolicyCheckOptions, readPolicy } from '../checkPolicy';
import { Policy, PolicyExclusion, PolicyOverride } from '../Policy';
import { PolicyIssue } from '../PolicyIssue';
import { PolicyScope } from '../PolicyScope';
import { AnnotatedSubject, nameOf } from './AnnotatedSubject';
import { OVERRIDE, UNTIL } from './instants';
import {
  EXCLUDE_ANNOTATION,
  KEEP_DOWN_ANNOTATION,
  KEEP_UP_ANNOTATION,
  SCHEDULE_ANNOTATION,
} from './names';
import { UnreadPart, readScheduleText } from './readScheduleText';

/** What annotations ask for. @public */
export interface AnnotationPolicy {
  /** Of `headroom.io/schedule`; absent = there is none, or it has an error. */
  policy?: Policy;
  /** Of `headroom.io/keep-up` and `-down`: for whatever policy the subject has. */
  overrides: readonly PolicyOverride[];
  /** Of `headroom.io/schedule-exclude`: as `overrides`. */
  exclusions: readonly PolicyExclusion[];
  /** Each at its annotation. */
  issues: readonly PolicyIssue[];
}

/**
 * Reads the policy that `headroom.io/*` annotations of a workload or an entity say,
 * strictly: where a part isn't understood there is no policy, and the issue says
 * which part, and what would be right. The grammar is that of
 * `SCHEDULE_ANNOTATION`.
 *
 * @public
 */
export function readAnnotationPolicy(
  annotations: Readonly<Record<string, string | undefined>>,
  subject: AnnotatedSubject,
  options: PolicyCheckOptions,
): AnnotationPolicy {
  const issues: PolicyIssue[] = [];
  const overrides = [
    { name: KEEP_UP_ANNOTATION, direction: 'up' as const },
    { name: KEEP_DOWN_ANNOTATION, direction: 'down' as const },
  ].flatMap(({ name, direction }) => {
    const override = readOverride(annotations[name], name, direction, subject);
    if (override === 'unread') {
      issues.push(
        unread(name, subject, {
          part: annotations[name] ?? '',
          what: sayAnnotation('override'),
        }),
      );
    }
    return override && override !== 'unread' ? [override] : [];
  });
  const exclusion = readExclusion(annotations[EXCLUDE_ANNOTATION]);
  if (exclusion === 'unread') {
    issues.push(
      unread(EXCLUDE_ANNOTATION, subject, {
        part: annotations[EXCLUDE_ANNOTATION] ?? '',
        what: sayAnnotation('exclude'),
      }),
    );
  }
  const policy = readSchedule(
    annotations[SCHEDULE_ANNOTATION],
    subject,
    options,
    issues,
  );
  return {
    ...(policy && { policy }),
    overrides,
    exclusions: exclusion && exclusion !== 'unread' ? [exclusion] : [],
    issues,
  };
}

function readSchedule(
  text: string | undefined,
  subject: AnnotatedSubject,
  options: PolicyCheckOptions,
  issues: PolicyIssue[],
): Policy | undefined {
  if (text === undefined) {
    return undefined;
  }
  const scope = scopeOf(subject);
  const { input, unread: parts } = text.trim().startsWith('{')
    ? readJson(text)
    : readScheduleText(text);
  const wrong = scope
    ? parts
    : [{ part: text, what: sayAnnotation('entityKind') }, ...parts];
  if (wrong.length > 0) {
    issues.push(
      ...wrong.map(part => unread(SCHEDULE_ANNOTATION, subject, part)),
    );
    return undefined;
  }
  const read = readPolicy(
    {
      title: nameOf(subject),
      ...input,
      id: idOf(subject),
      origin: { type: 'annotation', on: subject.on, of: nameOf(subject) },
      scope,
      ...(subject.on === 'workload' && { clusters: [subject.cluster] }),
    },
    options,
  );
  issues.push(
    ...read.issues.map(({ severity, text: what }) =>
      at(
        SCHEDULE_ANNOTATION,
        severity,
        text,
        sayAnnotation(severity === 'error' ? 'checked' : 'noted', {
          annotation: SCHEDULE_ANNOTATION,
          of: nameOf(subject),
          what,
        }),
      ),
    ),
  );
  return read.policy;
}

/** What follows from where the annotation is, or has an annotation of its own. */
const TAKEN = ['id', 'by', 'origin', 'scope', 'clusters', 'overrides'];

function readJson(text: string): {
  input: Record<string, unknown>;
  unread: UnreadPart[];
} {
  try {
    const input = JSON.parse(text) as Record<string, unknown>;
    const taken = TAKEN.filter(name => Object.hasOwn(input, name));
    return {
      input,
      unread: taken.map(word => ({
        part: word,
        what: sayAnnotation('fieldTaken', { word }),
      })),
    };
  } catch (error) {
    const why = (error as Error).message;
    return {
      input: {},
      unread: [{ part: text, what: sayAnnotation('json', { why }) }],
    };
  }
}

function scopeOf(subject: AnnotatedSubject): PolicyScope | undefined {
  if (subject.on === 'workload') {
    const { namespace, kind, name } = subject;
    return { type: 'workload', namespace, kind, name };
  }
  const { entityRef } = subject;
  const [kind] = entityRef.toLocaleLowerCase('en-US').split(':');
  switch (kind) {
    case 'component':
      return { type: 'service', entityRef };
    case 'system':
      return { type: 'system', entityRef };
    case 'group':
      return { type: 'team', entityRef };
    default:
      return undefined;
  }
}

function readOverride(
  text: string | undefined,
  name: string,
  direction: PolicyOverride['direction'],
  subject: AnnotatedSubject,
): PolicyOverride | 'unread' | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [, instant, owner, reason] = OVERRIDE.exec(text.trim()) ?? [];
  const until = Date.parse(instant);
  return instant === undefined || Number.isNaN(until)
    ? 'unread'
    : {
        id: `${name} of ${idOf(subject)}`,
        direction,
        owner,
        reason,
        // Since ever: nobody knows when it was written.
        from: new Date(0).toISOString(),
        until: new Date(until).toISOString(),
      };
}

function readExclusion(
  text: string | undefined,
): PolicyExclusion | 'unread' | undefined {
  const said = text?.trim();
  if (said === undefined || said === 'false') {
    return undefined;
  }
  if (said === 'true') {
    return { targets: {} };
  }
  const until = Date.parse(UNTIL.exec(said)?.[1] ?? '');
  return Number.isNaN(until)
    ? 'unread'
    : { targets: {}, until: new Date(until).toISOString() };
}

function idOf(subject: AnnotatedSubject): string {
  return subject.on === 'entity'
    ? `annotation:${subject.entityRef.toLocaleLowerCase('en-US')}`
    : `annotation:${subject.cluster}/${subject.namespace}/${subject.kind}/${subject.name}`;
}

function unread(
  annotation: string,
  subject: AnnotatedSubject,
  { part, what }: UnreadPart,
): PolicyIssue {
  return at(
    annotation,
    'error',
    part,
    sayAnnotation('unread', { annotation, of: nameOf(subject), part, what }),
  );
}

function at(
  annotation: string,
  severity: PolicyIssue['severity'],
  value: string,
  text: Worded,
): PolicyIssue {
  return {
    path: ['metadata', 'annotations', annotation],
    severity,
    code: 'annotation',
    value,
    text,
  };
}
