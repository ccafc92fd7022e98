import { useApi } from '@backstage/core-plugin-api';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { DownloadButton } from '@headroom/react';
import { CostScope } from '@headroom/plugin-cost-common';

/** Downloads the charges behind a report as FOCUS CSV. */
export function ChargesButton(props: {
  scope: CostScope;
  /** The Component or Group; absent = everything. */
  entityRef?: string;
  fileName: string;
}) {
  const { scope, entityRef, fileName } = props;
  const { t } = useCostTranslation();
  const api = useApi(costApiRef);
  return (
    <DownloadButton
      label={t('scope.charges')}
      hint={t('scope.chargesHint')}
      fileName={`${fileName}-focus.csv`}
      load={() => api.getCharges(scope, entityRef)}
      failed={t('scope.chargesFailed')}
      refused={reason => t('scope.chargesRefused', { reason })}
    />
  );
}
