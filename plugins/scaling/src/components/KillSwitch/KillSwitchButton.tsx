import { useApi } from '@backstage/core-plugin-api';
import { ReasonDialog } from '@headroom/react';
import Button from '@material-ui/core/Button';
import StopIcon from '@material-ui/icons/PanTool';
import PlayIcon from '@material-ui/icons/PlayArrow';
import { useState } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';

/** Stops everything, or lets it go on; shown to who may. */
export function KillSwitchButton(props: { onTurned: () => void }) {
  const { onTurned } = props;
  const { settings, abilities, refresh } = useScalingSettings();
  const { t } = useScalingTranslation();
  const api = useApi(scalingApiRef);
  const [asking, setAsking] = useState<'on' | 'off'>();
  if (!settings || !abilities.kill) {
    return null;
  }
  const turn = asking ?? 'on';
  const { on: isOn, services } = settings.killSwitch;
  // While only some are stopped, the others can be, too.
  const mayStop = !isOn || services !== undefined;
  return (
    <>
      {isOn && (
        <Button
          variant="outlined"
          startIcon={<PlayIcon />}
          onClick={() => setAsking('off')}
        >
          {t('kill.goOn')}
        </Button>
      )}
      {mayStop && (
        <Button
          variant="outlined"
          startIcon={<StopIcon />}
          onClick={() => setAsking('on')}
        >
          {t('kill.stop')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t(`kill.${turn}.title`)}
          text={t(`kill.${turn}.text`)}
          undo={t(`kill.${turn}.undo`)}
          submit={t(turn === 'on' ? 'kill.stop' : 'kill.goOn')}
          onSubmit={async reason => {
            await api.setKillSwitch({ on: asking === 'on', reason });
            setAsking(undefined);
            refresh();
            onTurned();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
