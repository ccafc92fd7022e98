import { AnomalyRow, AnomalyShape } from '../anomalies';
import { CostAlert } from './costAlert';
import { entityLink } from './entityLink';

/** That an incident began or is over, with the incident as it was then. @public */
export interface AnomalyOccurrence {
  kind: 'opened' | 'closed';
  /** ISO 8601 UTC. */
  at: string;
  /** Name for people. */
  title: string;
  /** Its sentence says amounts. */
  anomaly: AnomalyRow;
}

const NEW_LEVEL = 'costs more by now, and that is its new level';

const HEADLINES: Record<AnomalyShape, string> = {
  jump: 'costs more than usual',
  rise: 'costs more from week to week',
};

/** What people are told of an incident. @public */
export function anomalyAlert(event: AnomalyOccurrence): CostAlert {
  const { anomaly, kind, title, at } = event;
  const { entityRef } = anomaly;
  const end = kind === 'closed' ? endOf(anomaly) : undefined;
  const also = (sentence: string) =>
    end ? `${end.sentence} ${sentence}` : sentence;
  return {
    kind: 'anomaly',
    severity: end ? 'low' : 'high',
    scope: `anomaly:${anomaly.id}`,
    subject:
      anomaly.kind === 'team'
        ? { type: 'group', entityRef }
        : { type: 'service', entityRef },
    notify: [],
    title: `${title} ${end ? end.headline : HEADLINES[anomaly.shape]}`,
    sentence: also(anomaly.sentence),
    plain: also(withoutAmounts(anomaly)),
    // It says what caused it, and lets people expect it.
    link: entityLink(entityRef),
    from: anomaly.firstDay,
    at,
  };
}

function endOf(row: AnomalyRow): {
  headline: string;
  sentence: string;
} {
  const { shape, end, expectation } = row;
  switch (end) {
    case 'restated':
      return {
        headline: 'does not cost more than usual after all',
        sentence:
          'By what is known now nothing is odd: costs were corrected, or other days are compared.',
      };
    case 'expected':
      return {
        headline: 'costs what somebody expects',
        sentence: expectation
          ? `${expectation.by} expects it until ${expectation.until}: ${expectation.reason}.`
          : 'Somebody expects it.',
      };
    case 'level':
      return {
        headline: NEW_LEVEL,
        sentence: `It ${
          shape === 'rise' ? 'rose for weeks' : 'stayed up for a week'
        }, and what it costs is measured from there.`,
      };
    case 'overtaken':
      return {
        headline: 'rises slowly no longer: other days are odd or expected',
        sentence: 'What it costs since then is looked at by itself.',
      };
    default:
      if (shape === 'rise') {
        return {
          headline: 'costs less again',
          sentence:
            'It is no longer that far above the week that it rose from.',
        };
      }
      return {
        headline: 'costs what is usual again',
        sentence: 'Three complete days that could have shown more did not.',
      };
  }
}

function withoutAmounts({
  shape,
  expected,
  firstDay,
  lastDay,
}: Pick<AnomalyRow, 'shape' | 'expected' | 'firstDay' | 'lastDay'>): string {
  const span =
    firstDay === lastDay ? `On ${firstDay}` : `From ${firstDay} to ${lastDay}`;
  if (shape === 'rise') {
    return `${span} it cost more than four weeks before, as it rose week by week.`;
  }
  return expected === undefined
    ? `${span} it cost much, and it is too new to expect anything of it.`
    : `${span} it cost more than the same weekdays did before.`;
}
