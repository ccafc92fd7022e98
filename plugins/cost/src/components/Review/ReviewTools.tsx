import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import IssueIcon from '@material-ui/icons/AddCommentOutlined';
import PrintIcon from '@material-ui/icons/Print';
import {
  Review,
  reviewIssueUrl,
  reviewMarkdown,
} from '@headroom/plugin-cost-common';
import { SavingsReport } from '@headroom/plugin-scaling-common';
import { entityName, formatMoney } from '@headroom/react';
import { ReactNode, useState } from 'react';
import { useReviewTranslation } from '../../useReviewTranslation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** The week, and ways to take its review elsewhere: into an issue, a mail or onto paper. */
export function ReviewTools(props: {
  review: Review;
  savings: SavingsReport['summary'] | undefined;
  /** Where an issue is opened; absent = nowhere. */
  newIssue: string | undefined;
  picker: ReactNode;
}) {
  const { review, savings, newIssue, picker } = props;
  const classes = useStyles();
  const { t } = useReviewTranslation();
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>();
  const markdown = () =>
    reviewMarkdown(review, {
      amount: formatMoney,
      nameOf: entityName,
      savings: savings?.measured,
    });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(markdown());
      setCopied('copied');
    } catch {
      setCopied('copyFailed');
    }
  };
  return (
    <div className={classes.root} data-no-print="">
      {picker}
      <Button size="small" startIcon={<CopyIcon />} onClick={copy}>
        {t('copy')}
      </Button>
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
      <Button
        size="small"
        startIcon={<PrintIcon />}
        title={t('printHint')}
        onClick={() => window.print()}
      >
        {t('print')}
      </Button>
      <span role="status">{copied && t(copied)}</span>
    </div>
  );
}
