import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import {
  Occurrence,
  Policy,
  PolicyPreview,
} from '@headroom/plugin-scaling-common';
import { DataTable, FieldChanges, Notice, Section } from '@headroom/react';
import { useMemo, useState } from 'react';
import { boundsOfWish, boundsText, lengthText, spanText } from '../../format';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { TimelineSection } from '../Timeline';
import { workloadText } from '../WorkloadName';
import { WeekAhead, weekAhead } from './weekAhead';

/** Workloads named before there is only a count of them. */
const NAMED = 20;

/** Every window of the coming days with its ends, and what the clocks do to it. */
function OccurrenceTable(props: { policy: Policy; ahead: WeekAhead }) {
  const { policy, ahead } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const zoneOf = ({ source }: Occurrence) =>
    policy.schedules[source.schedule]?.zone ?? 'UTC';
  return (
    <>
      {ahead.dropped.map(({ source, localDate, text }) => (
        <Notice key={`${source.title}-${localDate}`} severity="warning">
          {wordingOf(text)}
        </Notice>
      ))}
      <DataTable
        id="windows"
        label={t('preview.windows')}
        rows={ahead.occurrences}
        rowKey={({ startMs, source }) =>
          `${startMs}-${source.list}-${source.schedule}-${source.index}-${source.day}`
        }
        initialSorting={{ column: 'when', direction: 'asc' }}
        fileName="schedule-preview"
        columns={[
          {
            id: 'window',
            title: t('column.window'),
            value: ({ source }) => source.title,
          },
          {
            id: 'when',
            title: t('column.when'),
            value: ({ startMs }) => startMs,
            render: occurrence =>
              spanText(
                new Date(occurrence.startMs).toISOString(),
                new Date(occurrence.endMs).toISOString(),
                zoneOf(occurrence),
              ),
            csv: ({ startMs, endMs }) =>
              [startMs, endMs].map(ms => new Date(ms).toISOString()).join('/'),
          },
          {
            id: 'length',
            title: t('column.length'),
            numeric: true,
            value: ({ startMs, endMs }) => endMs - startMs,
            render: ({ startMs, endMs }) => lengthText(endMs - startMs),
          },
          {
            id: 'lead',
            title: t('column.lead'),
            hint: t('hint.lead'),
            numeric: true,
            value: ({ leadMs }) => leadMs,
            render: ({ leadMs }) =>
              leadMs > 0 ? lengthText(leadMs) : '\u2013',
          },
          {
            id: 'wanted',
            title: t('column.wanted'),
            value: ({ wish }) =>
              wish ? boundsText(boundsOfWish(wish), t) : t('preview.asOutside'),
          },
          {
            id: 'clocks',
            title: t('column.clocks'),
            value: ({ clockChanges }) =>
              clockChanges
                .map(change => t(`preview.clocks.${change}`))
                .join(' ') || undefined,
          },
        ]}
      />
    </>
  );
}

/** What would match and what would be done at once, as the back end has it. */
function PreviewNow(props: { preview: PolicyPreview }) {
  const { workloads, matches, actions, withheld } = props.preview;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const more = matches - Math.min(workloads.length, NAMED);
  return (
    <Section title={t('preview.now')} subtitle={t('preview.nowText')}>
      <Typography variant="body2">
        {t('preview.matches', { count: matches })}
      </Typography>
      {workloads.length > 0 && (
        <ul>
          {workloads.slice(0, NAMED).map(workload => (
            <li key={workload.id}>{workloadText(workload)}</li>
          ))}
          {more > 0 && <li>{t('preview.more', { count: more })}</li>}
        </ul>
      )}
      <Typography variant="subtitle2" component="h3">
        {t('preview.actions', { count: actions.length })}
      </Typography>
      {actions.length > 0 && (
        <ul>
          {actions.map(({ subject, changes, reason }, index) => (
            <li key={`${subject}-${index}`}>
              <strong>{subject}:</strong> {wordingOf(reason)}
              <FieldChanges changes={changes} />
            </li>
          ))}
        </ul>
      )}
      {withheld.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            {t('preview.withheld', { count: withheld.length })}
          </Typography>
          <ul>
            {withheld.map(({ subject, reason, mend }, index) => (
              <li key={`${subject}-${index}`}>
                <strong>{subject}:</strong> {wordingOf(reason)}
                {mend && (
                  <CodeSnippet language="yaml" showCopyCodeButton text={mend} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** What a policy would do: the week ahead at once, and what it matches once the back end has said. */
export function PreviewPanel(props: {
  /** Undefined while it can't be read. */
  policy: Policy | undefined;
  /** Undefined while it isn't there. */
  preview?: PolicyPreview;
  /** Why the back end didn't say. */
  problem?: string;
  /** Of the policy; absent = it has none yet. */
  title?: string;
}) {
  const { policy, preview, problem, title } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const [nowMs] = useState(() => Date.now());
  const ahead = useMemo(
    () => policy && weekAhead(policy, nowMs, wordingOf),
    [policy, nowMs, wordingOf],
  );
  const zone = policy?.schedules[0]?.zone ?? 'UTC';
  return (
    <>
      {policy && ahead ? (
        <>
          <TimelineSection
            id="preview"
            title={t('preview.week')}
            subtitle={t('preview.weekText', { timezone: zone })}
            rows={[
              {
                id: 'wanted',
                name: title || t('preview.thisPolicy'),
                stretches: ahead.stretches,
              },
            ]}
            from={ahead.from}
            to={ahead.to}
            now={ahead.from}
            timezone={zone}
            fileName="schedule-preview"
            nothing={
              <Typography variant="body2">{t('preview.nothing')}</Typography>
            }
          />
          <Section title={t('preview.windows')}>
            <OccurrenceTable policy={policy} ahead={ahead} />
          </Section>
        </>
      ) : (
        <Section title={t('preview.week')}>
          <Typography variant="body2">{t('preview.unreadable')}</Typography>
        </Section>
      )}
      {preview && <PreviewNow preview={preview} />}
      {problem && (
        <Notice severity="error">
          {t('preview.failed', { reason: problem })}
        </Notice>
      )}
    </>
  );
}
