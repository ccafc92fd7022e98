import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { StoredPlan } from '@headroom/common';
import {
  entityName,
  formatInstant,
  Notice,
  ReasonDialog,
  Section,
} from '@headroom/react';
import { ScalingAbilities } from '@headroom/plugin-scaling-common';
import { useState } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { isWaiting } from '../Plans/planFacts';
import { isConflict } from './isConflict';
import { useMe } from './useMe';

const useStyles = makeStyles(theme => ({
  buttons: {
    display: 'flex',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** The yes or no to a plan: what was said, or the buttons to say it. */
export function DecidePlan(props: {
  plan: StoredPlan;
  abilities: ScalingAbilities;
  /** It was decided. */
  onDecided: () => void;
  /** The plan is another by now. */
  onChanged: () => void;
}) {
  const { plan, abilities, onDecided, onChanged } = props;
  const { decision, requestedBy, twoPersons, hash } = plan;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const { timezone } = useScalingSettings();
  const api = useApi(scalingApiRef);
  const me = useMe();
  const [asking, setAsking] = useState<'approved' | 'rejected'>();
  const waits = isWaiting(plan);
  const own = twoPersons && requestedBy !== undefined && requestedBy === me;
  const decide = async (reason: string) => {
    try {
      await api.decide(plan.id, {
        decision: asking!,
        hash,
        ...(reason && { reason }),
      });
    } catch (error) {
      if (!isConflict(error)) {
        throw error;
      }
      setAsking(undefined);
      onChanged();
      return;
    }
    setAsking(undefined);
    onDecided();
  };
  return (
    <Section title={t('decide.title')}>
      {decision && (
        <Notice severity="info">
          {t(`decide.was.${decision.decision}`, {
            by: entityName(decision.by),
            at: formatInstant(decision.at, timezone),
          })}{' '}
          {decision.reason && t('decide.because', { reason: decision.reason })}{' '}
          {decision.hash !== hash && t('decide.ofAnother')}
        </Notice>
      )}
      {!waits && !decision && (
        <Typography variant="body2">{t(`decide.no.${plan.mode}`)}</Typography>
      )}
      {waits && (
        <>
          <Typography variant="body2">
            {t('decide.waits', {
              count: plan.actions.filter(({ state }) => state === 'waiting')
                .length,
              until: formatInstant(plan.expiresAt, timezone),
            })}{' '}
            {twoPersons && t('decide.twoPersons')}
          </Typography>
          {!abilities.approve && (
            <Typography variant="body2">{t('decide.notAllowed')}</Typography>
          )}
          {abilities.approve && own && (
            <Typography variant="body2">{t('decide.own')}</Typography>
          )}
          {abilities.approve && (
            <div className={classes.buttons}>
              {!own && (
                <Button
                  variant="contained"
                  color="primary"
                  onClick={() => setAsking('approved')}
                >
                  {t('decide.approve')}
                </Button>
              )}
              <Button variant="outlined" onClick={() => setAsking('rejected')}>
                {t('decide.reject')}
              </Button>
            </div>
          )}
        </>
      )}
      {asking && (
        <ReasonDialog
          title={t(`decide.dialog.${asking}.title`)}
          text={t(`decide.dialog.${asking}.text`, {
            count: plan.actions.length,
          })}
          undo={t(`decide.dialog.${asking}.undo`)}
          submit={t(asking === 'approved' ? 'decide.approve' : 'decide.reject')}
          reason={asking === 'approved' ? 'optional' : 'required'}
          onSubmit={decide}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}
