import { errorApiRef, useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useState } from 'react';
import { costApiRef } from '../../api';
import { saveBlob } from '../../download';
import { CostScope } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { errorKind, errorMessage } from '../states/errorKind';

/** Downloads the charges behind a report as FOCUS CSV. */
export function ChargesButton(props: {
  scope: CostScope;
  /** The Component; absent = everything. */
  entityRef?: string;
  fileName: string;
}) {
  const { scope, entityRef, fileName } = props;
  const { t } = useCostTranslation();
  const api = useApi(costApiRef);
  const errorApi = useApi(errorApiRef);
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      saveBlob(`${fileName}-focus.csv`, await api.getCharges(scope, entityRef));
    } catch (error) {
      errorApi.post(
        new Error(
          // Fetch rejects with a TypeError when nobody answers at all.
          error instanceof TypeError ||
          errorKind(error as Error) === 'unavailable'
            ? t('scope.chargesFailed')
            : t('scope.chargesRefused', {
                reason: errorMessage(error as Error),
              }),
        ),
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      disabled={busy}
      onClick={download}
      title={t('scope.chargesHint')}
    >
      {t('scope.charges')}
    </Button>
  );
}
