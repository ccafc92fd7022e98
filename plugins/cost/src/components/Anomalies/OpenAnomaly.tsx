import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  AnomalyRow,
  costAnomalyDecidePermission,
} from '@headroom/plugin-cost-common';
import { Notice, todayIn } from '@headroom/react';
import { useState } from 'react';
import { costApiRef } from '../../api';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';
import { ExpectDialog } from './ExpectDialog';
import { useAnomalyText } from './useAnomalyText';

const useStyles = makeStyles(theme => ({
  causes: { margin: theme.spacing(1, 0), paddingLeft: theme.spacing(3) },
}));

/** An incident that is open: what, why, and that it may be expected. */
export function OpenAnomaly(props: {
  row: AnomalyRow;
  currency: string;
  timezone: string;
  /** Something was said of it. */
  onChanged: () => void;
}) {
  const { row, currency, timezone, onChanged } = props;
  const classes = useStyles();
  const { t } = useAnomalyTranslation();
  const { rowText, causeTexts } = useAnomalyText(currency, timezone);
  const api = useApi(costApiRef);
  const [isAsking, setAsking] = useState(false);
  const { allowed } = usePermission({
    permission: costAnomalyDecidePermission,
    resourceRef: row.entityRef,
  });
  return (
    <Notice severity="warning">
      {rowText(row)}
      <ul className={classes.causes}>
        {causeTexts(row).map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
      {allowed && (
        <Button variant="outlined" onClick={() => setAsking(true)}>
          {t('expect')}
        </Button>
      )}
      {isAsking && (
        <ExpectDialog
          today={todayIn(timezone)}
          onExpect={async said => {
            await api.expectAnomaly(row.id, said);
            setAsking(false);
            onChanged();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Notice>
  );
}
