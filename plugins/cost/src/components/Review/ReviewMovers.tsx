import { addDays } from '@headroom/common';
import { Review } from '@headroom/plugin-cost-common';
import {
  ReviewTranslate,
  useReviewTranslation,
} from '../../useReviewTranslation';
import { ChangeSection, ChangeWords, partWords } from '../ChangeSplit';

/** What cost more or less than in the week before, and why. */
export function ReviewMovers(props: { review: Review; fileName: string }) {
  const { review, fileName } = props;
  const { currency, comparison, movers, week, end } = review;
  const { t } = useReviewTranslation();
  const isCompared = comparison !== 'none';
  return (
    <ChangeSection
      id="review"
      fileName={`${fileName}-movers`}
      words={wordsOf(t, isCompared)}
      currency={currency}
      services={movers.services}
      teams={movers.teams}
      scope={{
        window: 'custom',
        from: week,
        to: addDays(end, -1),
        idle: 'separate',
      }}
      isCompared={isCompared}
    />
  );
}

function wordsOf(t: ReviewTranslate, isCompared: boolean): ChangeWords {
  return {
    title: t('movers.title'),
    ...(isCompared && { subtitle: t('movers.subtitle') }),
    by: t('movers.by'),
    service: t('movers.service'),
    team: t('movers.team'),
    idle: t('movers.idle'),
    unallocated: t('movers.unallocated'),
    unowned: t('movers.unowned'),
    others: count => t('movers.others', { count }),
    before: t('movers.before'),
    after: t('movers.after'),
    change: t('movers.change'),
    part: partWords(part => t(`part.${part}`)),
    hint: partWords(part => t(`hint.${part}`)),
  };
}
