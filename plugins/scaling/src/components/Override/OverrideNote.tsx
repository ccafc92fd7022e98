import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { OverrideView } from '@headroom/plugin-scaling-common';
import { entityName, errorMessage, Notice } from '@headroom/react';
import { useState } from 'react';
import { scalingApiRef } from '../../api';
import { momentText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';

/** An exception that holds: whose, until when and why, with the way to end it. */
export function OverrideNote(props: {
  override: OverrideView;
  mayEnd: boolean;
  onEnded: () => void;
}) {
  const { override, mayEnd, onEnded } = props;
  const { t } = useScalingTranslation();
  const { timezone } = useScalingSettings();
  const api = useApi(scalingApiRef);
  const [problem, setProblem] = useState<string>();
  const end = async () => {
    setProblem(undefined);
    try {
      await api.endOverride(override.id);
      onEnded();
    } catch (error) {
      setProblem(errorMessage(error as Error));
    }
  };
  return (
    <div>
      {t(`override.${override.direction}.holds`, {
        by: entityName(override.by),
        until: momentText(override.until, timezone),
        reason: override.reason,
      })}{' '}
      {mayEnd && (
        <Button size="small" onClick={end}>
          {t('override.end')}
        </Button>
      )}
      {problem && (
        <Notice severity="error">
          {t('dialog.failed', { reason: problem })}
        </Notice>
      )}
    </div>
  );
}
