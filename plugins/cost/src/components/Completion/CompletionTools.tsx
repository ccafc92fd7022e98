import Button from '@material-ui/core/Button';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import PrintIcon from '@material-ui/icons/Print';
import {
  completionMarkdown,
  CompletionReport,
} from '@headroom/plugin-cost-common';
import { SavingsSummary } from '@headroom/plugin-scaling-common';
import { entityName, formatMoney } from '@headroom/react';
import { useState } from 'react';
import { useCompletionTranslation } from '../../useCompletionTranslation';

/** Ways to take a report elsewhere: into an issue, a mail or onto paper. */
export function CompletionTools(props: {
  report: CompletionReport;
  savings?: SavingsSummary;
}) {
  const { report, savings } = props;
  const { t } = useCompletionTranslation();
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(
        completionMarkdown(report, {
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
    <div data-no-print="">
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
