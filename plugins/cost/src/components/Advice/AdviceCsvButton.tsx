import { useApi } from '@backstage/core-plugin-api';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { DownloadButton } from '@headroom/react';
import { AdvicePicks } from './useAdviceQuery';

/** Downloads all advice that matches, not only the rows on the page. */
export function AdviceCsvButton(props: {
  picks: AdvicePicks;
  /** The Component; absent = everything. */
  entityRef?: string;
  fileName: string;
}) {
  const { picks, entityRef, fileName } = props;
  const { t } = useCostTranslation();
  const api = useApi(costApiRef);
  return (
    <DownloadButton
      label={t('advice.csv')}
      hint={t('advice.csvOf')}
      fileName={`${fileName}.csv`}
      load={() => api.getAdviceCsv(picks, entityRef)}
      failed={t('advice.csvFailed')}
      refused={reason => t('advice.csvRefused', { reason })}
    />
  );
}
