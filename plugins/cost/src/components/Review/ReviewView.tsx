import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import {
  costReadPermission,
  ReviewList,
  reviewWeekOf,
} from '@headroom/plugin-cost-common';
import { DateTime } from 'luxon';
import {
  formatDay,
  Notice,
  ReportFailed,
  ReportSkeleton,
  StatePage,
  todayIn,
  useColumn,
  useReport,
  useUrlParam,
} from '@headroom/react';
import { useCallback, useEffect, useState } from 'react';
import { costApiRef } from '../../api';
import { useReviewTranslation } from '../../useReviewTranslation';
import { ReviewReport } from './ReviewReport';
import { weekText } from './weekText';
import { WeekPicker } from './WeekPicker';

/** While there is none, one may be made at any moment. */
const REFRESH_MS = 30_000;

/** The reviews of closed weeks: the newest, or the one whose Monday is in the address. */
export function ReviewView() {
  const api = useApi(costApiRef);
  const column = useColumn();
  const load = useCallback(
    (signal: AbortSignal) => api.getReviews({ signal }),
    [api],
  );
  const { state, retry } = useReport(load, 'reviews', refreshUntilMade);
  return (
    <div className={column.root}>
      {state.status === 'loading' && <ReportSkeleton />}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={retry}
        />
      )}
      {state.status === 'ok' &&
        (state.value.weeks.length === 0 ? (
          <NoneYet list={state.value} onRetry={retry} />
        ) : (
          <Chosen list={state.value} />
        ))}
    </div>
  );
}

function refreshUntilMade(list: ReviewList): number | undefined {
  return list.weeks.length === 0 ? REFRESH_MS : undefined;
}

function NoneYet(props: { list: ReviewList; onRetry: () => void }) {
  const { next, timezone } = props.list;
  const { t } = useReviewTranslation();
  return (
    <StatePage icon={HourglassIcon} title={t('none.title')}>
      <Typography paragraph>
        {t('none.text', {
          week: weekText(next.week),
          from: formatDay(next.from),
        })}
      </Typography>
      {next.from <= todayIn(timezone) && (
        <Typography paragraph>{t('none.now')}</Typography>
      )}
      <Button variant="outlined" onClick={props.onRetry}>
        {t('none.retry')}
      </Button>
    </StatePage>
  );
}

/** The Monday of the week of a day that is none; undefined where it is one, or no day at all. */
function mondayOf(day: string | undefined): string | undefined {
  if (day === undefined || !DateTime.fromFormat(day, 'yyyy-MM-dd').isValid) {
    return undefined;
  }
  const monday = reviewWeekOf(day);
  return monday === day ? undefined : monday;
}

function Chosen({ list }: { list: ReviewList }) {
  const { t } = useReviewTranslation();
  const [asked, choose] = useUrlParam('week');
  const monday = mondayOf(asked);
  const [led, setLed] = useState<{ day: string; week: string }>();
  useEffect(() => {
    if (asked !== undefined && monday !== undefined) {
      setLed({ day: asked, week: monday });
      choose(monday);
    }
  }, [asked, monday, choose]);
  return (
    <>
      {led && led.week === asked && (
        <Notice severity="info">
          {t('noMonday', { day: formatDay(led.day) })}
        </Notice>
      )}
      <Week list={list} chosen={monday ?? asked} choose={choose} />
    </>
  );
}

function Week(props: {
  list: ReviewList;
  /** Absent = the newest. */
  chosen: string | undefined;
  choose: (week: string | undefined) => void;
}) {
  const { list, chosen, choose } = props;
  const api = useApi(costApiRef);
  const { t } = useReviewTranslation();
  const week = chosen ?? list.weeks[0].week;
  const load = useCallback(
    (signal: AbortSignal) => api.getReview({ week }, { signal }),
    [api, week],
  );
  const { state, retry } = useReport(load, `review ${week}`);
  const newest = (
    <Button variant="outlined" onClick={() => choose(undefined)}>
      {t('missing.newest')}
    </Button>
  );
  const picker = <WeekPicker list={list} week={week} onChoose={choose} />;
  if (state.status === 'ok') {
    return (
      <ReviewReport
        review={state.value}
        newIssue={list.newIssue}
        picker={picker}
      />
    );
  }
  return (
    <>
      {picker}
      {state.status === 'loading' ? (
        <ReportSkeleton />
      ) : (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={retry}
          onReset={() => choose(undefined)}
          resetLabel={t('missing.newest')}
          notFound={{
            title: t('missing.title'),
            text: t('missing.text'),
            next: newest,
          }}
        />
      )}
    </>
  );
}
