import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/NotInterested';
import SnoozeIcon from '@material-ui/icons/Snooze';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { Tag } from '@headroom/react';
import { reasonCodes } from './adviceRows';
import { StatusTag } from './StatusTag';

/** More are on the page of the container. */
const MOST_REASONS = 2;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 110, maxWidth: 220, overflowWrap: 'anywhere' },
  tags: { display: 'flex', flexWrap: 'wrap', gap: 4 },
  why: {
    marginTop: 2,
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

const KINDS = [
  'VerticalPodAutoscaler',
  'HorizontalPodAutoscaler',
  'ScaledObject',
] as const;

/** `VerticalPodAutoscaler/ledger` as its short name: `VPA ledger`. */
function steeringName(object: string, t: CostTranslate): string {
  const kind = KINDS.find(known => object.startsWith(`${known}/`));
  return kind
    ? t(`advice.table.steering.${kind}`, {
        name: object.slice(kind.length + 1),
      })
    : object;
}

/** Status of an advice, why, and what else steers the container. */
export function StatusCell(props: { row: AdviceRow }) {
  const { row } = props;
  const { decision, steeredBy } = row;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const reasons = reasonCodes(row);
  const more = reasons.length - MOST_REASONS;
  return (
    <div className={classes.root}>
      <div className={classes.tags}>
        <StatusTag status={row.status} />
        {decision && (
          <Tag
            tone="plain"
            icon={decision.state === 'snoozed' ? SnoozeIcon : BlockIcon}
            title={decision.reason}
          >
            {t(`advice.decisionState.${decision.state}`)}
          </Tag>
        )}
      </div>
      {reasons.length > 0 && (
        <div
          className={classes.why}
          title={[...new Set(row.reasons.map(wordingOf))].join(' ')}
        >
          {reasons
            .slice(0, MOST_REASONS)
            .map(code => t(`advice.reason.${code}`))
            .join(' · ')}
          {more > 0 && ` · ${t('advice.table.more', { count: more })}`}
        </div>
      )}
      {steeredBy.length > 0 && (
        <div className={classes.why} title={steeredBy.join(', ')}>
          {t('advice.table.steeredBy', {
            names: steeredBy.map(name => steeringName(name, t)).join(', '),
          })}
        </div>
      )}
    </div>
  );
}
