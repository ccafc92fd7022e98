import TextField from '@material-ui/core/TextField';
import { addDays } from '@headroom/common';
import { ReasonDialog } from '@headroom/react';
import { useId, useState } from 'react';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';

/** How long it is expected unless another day is picked. */
const USUAL_DAYS = 14;
const MOST_DAYS = 366;

/** Asks why a cost is expected, and until when. */
export function ExpectDialog(props: {
  /** `YYYY-MM-DD`. */
  today: string;
  onExpect: (said: { until: string; reason: string }) => Promise<void>;
  onClose: () => void;
}) {
  const { today, onExpect, onClose } = props;
  const { t } = useAnomalyTranslation();
  const id = useId();
  const [until, setUntil] = useState(addDays(today, USUAL_DAYS));
  const isOutside = until <= today || until > addDays(today, MOST_DAYS);
  return (
    <ReasonDialog
      title={t('expectTitle')}
      text={t('expectText')}
      undo={t('expectUndo')}
      submit={t('expect')}
      incomplete={isOutside}
      onSubmit={reason => onExpect({ until, reason })}
      onClose={onClose}
    >
      <TextField
        id={`${id}-until`}
        type="date"
        label={t('until')}
        helperText={t('untilHint')}
        error={isOutside}
        value={until}
        onChange={event => setUntil(event.target.value)}
        InputLabelProps={{ shrink: true }}
        required
      />
    </ReasonDialog>
  );
}
