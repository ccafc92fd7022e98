import Button from '@material-ui/core/Button';
import IssueIcon from '@material-ui/icons/AddCommentOutlined';
import {
  Review,
  reviewIssueUrl,
  reviewMarkdown,
} from '@headroom/plugin-cost-common';
import { SavingsReport } from '@headroom/plugin-scaling-common';
import { entityName, formatMoney, formatPrice } from '@headroom/react';
import { ReactNode } from 'react';
import { useReviewTranslation } from '../../useReviewTranslation';
import { ReportTools } from '../ReportTools';

/** The week, and ways to take its review elsewhere: into an issue, a mail or onto paper. */
export function ReviewTools(props: {
  review: Review;
  savings: SavingsReport['summary'] | undefined;
  /** Where an issue is opened; absent = nowhere. */
  newIssue: string | undefined;
  picker: ReactNode;
}) {
  const { review, savings, newIssue, picker } = props;
  const { t } = useReviewTranslation();
  const markdown = () =>
    reviewMarkdown(review, {
      amount: formatMoney,
      price: formatPrice,
      nameOf: entityName,
      savings: savings?.measured,
    });
  return (
    <ReportTools markdown={markdown} picker={picker}>
      {newIssue !== undefined && (
        <Button
          size="small"
          startIcon={<IssueIcon />}
          title={t('openIssueHint')}
          href={reviewIssueUrl(newIssue, review, markdown())}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('openIssue')}
        </Button>
      )}
    </ReportTools>
  );
}
