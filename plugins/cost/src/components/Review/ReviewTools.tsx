import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import PrintIcon from '@material-ui/icons/Print';
import { Review, reviewMarkdown } from '@headroom/plugin-cost-common';
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
  picker: ReactNode;
}) {
  const { review, savings, picker } = props;
  const classes = useStyles();
  const { t } = useReviewTranslation();
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(
        reviewMarkdown(review, {
          amount: formatMoney,
          nameOf: entityName,
          savings: savings?.measured,
        }),
      );
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
