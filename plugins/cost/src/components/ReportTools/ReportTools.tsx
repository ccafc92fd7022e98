import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import PrintIcon from '@material-ui/icons/Print';
import { ReactNode, useState } from 'react';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** Ways to take a report elsewhere: into a mail, or onto paper; none of them is printed. */
export function ReportTools(props: {
  markdown: () => string;
  /** Before them. */
  picker?: ReactNode;
  /** Further ways. */
  children?: ReactNode;
}) {
  const { markdown, picker, children } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>();
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
        {t('reportTools.copy')}
      </Button>
      {children}
      <Button
        size="small"
        startIcon={<PrintIcon />}
        title={t('reportTools.printHint')}
        onClick={() => window.print()}
      >
        {t('reportTools.print')}
      </Button>
      <span role="status">{copied && t(`reportTools.${copied}`)}</span>
    </div>
  );
}
