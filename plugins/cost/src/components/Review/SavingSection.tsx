import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { Review, ReviewAdvice } from '@headroom/plugin-cost-common';
import { SavingsReport } from '@headroom/plugin-scaling-common';
import {
  DataTable,
  entityName,
  FigureGrid,
  SavedFigure,
  Section,
  toMicros,
  useColumn,
} from '@headroom/react';
import { useReviewTranslation } from '../../useReviewTranslation';
import { moneyColumn } from '../costColumns';
import { useCostTabHref } from '../CostEntityLink';

/** What was saved, as it was measured, and what advice would have saved on top. */
export function SavingSection(props: {
  review: Review;
  /** Absent where nobody measures. */
  savings?: SavingsReport['summary'];
  fileName: string;
}) {
  const { review, savings, fileName } = props;
  const { advice, currency } = review;
  const column = useColumn();
  const { t } = useReviewTranslation();
  const href = useCostTabHref();
  const nameOf = ({ title, entityRef }: ReviewAdvice) =>
    title ?? (entityRef ? entityName(entityRef) : t('movers.unallocated'));
  return (
    <Section title={t('savings.title')} subtitle={t('savings.subtitle')}>
      <div className={column.root}>
        {savings && (
          <FigureGrid>
            <SavedFigure
              measured={savings.measured}
              notYet={savings.notYet}
              remark={savings.remark?.message}
            />
          </FigureGrid>
        )}
        {!advice && t('figure.leftUnknown')}
        {advice?.services === 0 && t('savings.none')}
        {advice && advice.services > 0 && (
          <>
            <Typography variant="subtitle1" component="h3">
              {t('savings.advice')}
            </Typography>
            <DataTable
              id="review-advice"
              label={t('savings.advice')}
              columns={[
                {
                  id: 'service',
                  title: t('savings.service'),
                  value: nameOf,
                  render: row =>
                    row.entityRef ? (
                      <Link to={`${href(row.entityRef)}/advice`}>
                        {nameOf(row)}
                      </Link>
                    ) : (
                      nameOf(row)
                    ),
                },
                moneyColumn<ReviewAdvice>({
                  id: 'perMonth',
                  title: t('savings.perMonth'),
                  currency,
                  micros: row => toMicros(row.perMonth),
                  // Those that save most are not all.
                  summed: false,
                }),
              ]}
              rows={advice.top}
              rowKey={row => row.entityRef ?? ''}
              initialSorting={{ column: 'perMonth', direction: 'desc' }}
              fileName={`${fileName}-advice`}
            />
          </>
        )}
      </div>
    </Section>
  );
}
