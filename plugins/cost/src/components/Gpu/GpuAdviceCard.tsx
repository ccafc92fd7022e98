import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import RemoveIcon from '@material-ui/icons/DeleteOutline';
import ScheduleIcon from '@material-ui/icons/Schedule';
import ShareIcon from '@material-ui/icons/CallSplit';
import ShrinkIcon from '@material-ui/icons/UnfoldLess';
import MoveIcon from '@material-ui/icons/SwapHoriz';
import { useId } from 'react';
import { GpuAdvice } from '@headroom/plugin-cost-common';
import {
  FigureStepList,
  Money,
  Notice,
  Tag,
  formatShare,
  toMicros,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { ServiceOf } from './ServiceOf';
import { adviceEvidence } from './adviceEvidence';
import { MakePolicyLink } from './MakePolicyLink';
import { WeekStrip } from './WeekStrip';

const ICONS = {
  remove: RemoveIcon,
  shrink: ShrinkIcon,
  share: ShareIcon,
  move: MoveIcon,
  schedule: ScheduleIcon,
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    minWidth: 0,
    // Names of Kubernetes have up to 253 characters and no place to break.
    overflowWrap: 'anywhere',
  },
  names: { minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  saving: {
    fontSize: 22,
    fontWeight: theme.typography.fontWeightBold as number,
    fontVariantNumeric: 'tabular-nums',
  },
  unit: {
    fontSize: theme.typography.body2.fontSize,
    fontWeight: theme.typography.fontWeightRegular as number,
    color: theme.palette.text.secondary,
  },
  details: {
    fontSize: theme.typography.body2.fontSize,
    '& summary': { cursor: 'pointer' },
    '& dl': { marginTop: theme.spacing(1) },
  },
}));

/** What to do, in a few words. */
function proposalText(
  proposal: GpuAdvice['proposal'],
  t: CostTranslate,
): string {
  switch (proposal.kind) {
    case 'remove':
      return t('gpuUse.advice.remove');
    case 'shrink':
      return t('gpuUse.advice.shrink', {
        from: String(proposal.fromDevices),
        to: String(proposal.toDevices),
      });
    case 'share':
      return proposal.how === 'mig'
        ? t('gpuUse.advice.shareMig', {
            profile: proposal.profile ?? '',
            clients: String(proposal.clients),
          })
        : t('gpuUse.advice.share', {
            how: t(`gpuUse.sharing.${proposal.how}`),
            clients: String(proposal.clients),
          });
    case 'move':
      return proposal.toInstanceType
        ? t('gpuUse.advice.moveOn', {
            from: proposal.fromModel,
            to: proposal.toModel,
            instanceType: proposal.toInstanceType,
          })
        : t('gpuUse.advice.move', {
            from: proposal.fromModel,
            to: proposal.toModel,
          });
    default:
      return proposal.busyHoursOfWeek.length === 0
        ? t('gpuUse.advice.scaleToZero')
        : t('gpuUse.advice.schedule', {
            hours: String(proposal.busyHoursOfWeek.length),
          });
  }
}

/** One GPU advice: what to do, what it saves, what it costs the owner, what it stands on. */
export function GpuAdviceCard(props: {
  advice: GpuAdvice;
  currency: string;
  /** In which hours of the week are counted. */
  timezone: string;
  /** Of many services: says which, and leads there. */
  fleet?: boolean;
}) {
  const { advice, currency, timezone, fleet } = props;
  const { workload, proposal } = advice;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const said = (part: 'summary' | 'tradeOff' | 'withheld') =>
    wordingOf({
      message: advice[part] ?? '',
      wording: advice.wording?.[part],
    });
  const titleId = useId();
  return (
    <Paper
      variant="outlined"
      component="article"
      aria-labelledby={titleId}
      className={classes.root}
    >
      <div className={classes.head}>
        <div className={classes.names}>
          <Typography variant="subtitle1" component="h3" id={titleId}>
            {workload.namespace}/{workload.name}
          </Typography>
          {fleet && (
            <Typography variant="body2" component="div">
              {t('gpuUse.advice.service')}:{' '}
              <ServiceOf entityRef={advice.entityRef} />
            </Typography>
          )}
        </div>
        <Tag tone={advice.withheld ? 'wait' : 'good'} icon={ICONS[advice.kind]}>
          {t(`gpuUse.advice.kind.${advice.kind}`)}
        </Tag>
      </div>
      <div>
        <span className={classes.saving}>
          <Money micros={toMicros(advice.savingMicros)} currency={currency} />
        </span>{' '}
        <span className={classes.unit}>
          {t('gpuUse.advice.aMonth')},{' '}
          {t('gpuUse.advice.confidence', {
            share: formatShare(advice.confidence),
          })}
        </span>
      </div>
      <Typography variant="body2">
        <strong>{t('gpuUse.advice.proposal')}:</strong>{' '}
        {proposalText(proposal, t)}
      </Typography>
      <Typography variant="body2">{said('summary')}</Typography>
      {proposal.kind === 'schedule' && proposal.busyHoursOfWeek.length > 0 && (
        <WeekStrip hours={proposal.busyHoursOfWeek} />
      )}
      {proposal.kind === 'schedule' && (
        <MakePolicyLink
          advice={advice}
          busyHoursOfWeek={proposal.busyHoursOfWeek}
          timezone={timezone}
        />
      )}
      {advice.tradeOff && (
        <Typography variant="body2">
          <strong>{t('gpuUse.advice.tradeOff')}:</strong> {said('tradeOff')}
        </Typography>
      )}
      {advice.withheld && (
        <Notice severity="warning">
          <strong>{t('gpuUse.advice.withheld')}:</strong> {said('withheld')}
        </Notice>
      )}
      <details className={classes.details}>
        <summary>{t('gpuUse.advice.evidence')}</summary>
        <FigureStepList steps={adviceEvidence(advice.evidence, currency, t)} />
      </details>
    </Paper>
  );
}
