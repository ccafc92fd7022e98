import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ActionTarget, StoredAction } from '@headroom/common';
import { entityName, FieldChanges, formatInstant } from '@headroom/react';
import { ScalingAbilities } from '@headroom/plugin-scaling-common';
import { ReactNode, useId } from 'react';
import { lengthText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { useEntityScalingHref } from '../links';
import { StateTag } from '../tags';
import { ActionButtons } from './ActionButtons';
import { useSavingText } from './useSavingText';
import { VetoList } from './VetoList';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, max-content) 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    fontSize: theme.typography.body2.fontSize,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0 },
    '& ul': { margin: 0, paddingLeft: theme.spacing(2) },
  },
}));

/** `HorizontalPodAutoscaler shop/web in us-west`, or the file of a repository. */
function targetText(target: ActionTarget): string {
  return target.type === 'kubernetes'
    ? `${target.kind} ${[target.namespace, target.name]
        .filter(Boolean)
        .join('/')} · ${target.cluster}`
    : `${target.repository} · ${target.path} · ${target.branch}`;
}

/** One action of a plan: what it does, why, what it is worth, what speaks against it, and how it is undone. */
export function ActionCard(props: {
  action: StoredAction;
  abilities: ScalingAbilities;
  onDone: () => void;
}) {
  const { action, abilities, onDone } = props;
  const { expected, evidence, vetoes, entityRef } = action;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const href = useEntityScalingHref();
  const titleId = useId();
  const saving = useSavingText(expected);
  const facts: Array<[string, ReactNode]> = [
    [t('plan.reason'), wordingOf(action.reason)],
    [
      t('plan.changes'),
      <FieldChanges key="changes" changes={action.changes} />,
    ],
    [t('plan.target'), targetText(action.target)],
    [
      t('plan.expected'),
      <>
        {wordingOf(expected.text)} {saving}{' '}
        {t('plan.settle', { time: lengthText(expected.settleSeconds * 1000) })}
      </>,
    ],
  ];
  if (evidence.length > 0) {
    facts.push([
      t('plan.evidence'),
      <ul key="evidence">
        {evidence.map(({ text, link }, index) => (
          <li key={index}>
            {wordingOf(text)}{' '}
            {link && (
              <Link to={link} underline="always">
                {t('plan.see')}
              </Link>
            )}
          </li>
        ))}
      </ul>,
    ]);
  }
  facts.push([t('plan.undo'), wordingOf(action.undo)]);
  return (
    <Paper
      variant="outlined"
      component="article"
      aria-labelledby={titleId}
      className={classes.root}
    >
      <div className={classes.head}>
        <Typography variant="subtitle1" component="h3" id={titleId}>
          {action.subject}{' '}
          {entityRef && (
            <Link to={href(entityRef)} underline="always">
              {entityName(entityRef)}
            </Link>
          )}
        </Typography>
        <StateTag state={action.state} />
      </div>
      <Typography variant="body2">
        {t(`state.${action.state}.hint`)}{' '}
        {t('plan.since', { at: formatInstant(action.stateSince, timezone) })}{' '}
        {action.remark && wordingOf(action.remark)}
      </Typography>
      <dl className={classes.facts}>
        {facts.map(([name, fact]) => [
          <dt key={`${name}-name`}>{name}</dt>,
          <dd key={name}>{fact}</dd>,
        ])}
      </dl>
      {vetoes.length > 0 ? (
        <VetoList vetoes={vetoes} />
      ) : (
        <Typography variant="body2">{t('plan.noVetoes')}</Typography>
      )}
      <ActionButtons action={action} abilities={abilities} onDone={onDone} />
    </Paper>
  );
}
