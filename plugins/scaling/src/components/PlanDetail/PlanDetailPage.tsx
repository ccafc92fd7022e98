import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { StoredPlan } from '@headroom/common';
import {
  entityName,
  formatInstant,
  Notice,
  Section,
  useColumn,
  useKeptFocus,
} from '@headroom/react';
import { useCallback, useRef, useState } from 'react';
import { useParams } from 'react-router-dom';
import { scalingApiRef } from '../../api';
import { useLiveReport } from '../../live';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';
import { ScalingFrame } from '../ScalingFrame';
import { ModeTag } from '../tags';
import { ActionCard } from './ActionCard';
import { DecidePlan } from './DecidePlan';
import { SupersededNotice } from './SupersededNotice';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    outline: 'none',
  },
  actions: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
}));

/** What a plan is, by whom and for when, in one line. */
function PlanFacts(props: { plan: StoredPlan }) {
  const { plan } = props;
  const { t } = useScalingTranslation();
  const { timezone } = useScalingSettings();
  return (
    <Typography variant="body2">
      {[
        plan.cluster,
        plan.requestedBy
          ? t('plan.askedBy', { by: entityName(plan.requestedBy) })
          : t('plan.byPolicy'),
        t('plan.for', { at: formatInstant(plan.at, timezone) }),
        t('plan.expires', { at: formatInstant(plan.expiresAt, timezone) }),
        t('plan.hash', { hash: plan.hash.slice(0, 12) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Typography>
  );
}

/** One plan: every action with its reason, and the yes or no to it. */
export function PlanDetailPage() {
  const { id = '' } = useParams();
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const classes = useStyles();
  const column = useColumn();
  const links = useScalingLinks();
  const { abilities } = useScalingSettings();
  const [note, setNote] = useState<'changed' | 'done'>();
  const heading = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(heading);
  const load = useCallback(
    (signal: AbortSignal) => api.getPlan(id, { signal }),
    [api, id],
  );
  const { state, retry, refresh } = useLiveReport(load, id);
  const after = (what: 'changed' | 'done') => {
    setNote(what);
    refresh();
    keepFocus();
  };
  const back = links && <Link to={links.tab('plans')}>← {t('plan.back')}</Link>;
  return (
    <ScalingFrame
      state={state}
      onRetry={retry}
      lead={back}
      notFound={{
        title: t('plan.notFoundTitle'),
        text: t('plan.notFound'),
        next: back,
      }}
    >
      {plan => (
        <div className={column.root}>
          <div ref={heading} tabIndex={-1} className={classes.title}>
            <Typography variant="h5" component="h2">
              {plan.policyTitle}
            </Typography>
            <ModeTag mode={plan.mode} />
          </div>
          <PlanFacts plan={plan} />
          <div role="status">
            {note && (
              <Notice severity={note === 'changed' ? 'warning' : 'info'}>
                {t(note === 'changed' ? 'plan.changed' : 'plan.done')}
              </Notice>
            )}
          </div>
          {!plan.current && <SupersededNotice plan={plan} />}
          <DecidePlan
            plan={plan}
            abilities={abilities}
            onDecided={() => after('done')}
            onChanged={() => after('changed')}
          />
          <Section
            title={t('plan.actions', { count: plan.actions.length })}
            subtitle={
              plan.hiddenActions &&
              t('plan.hidden', { count: plan.hiddenActions })
            }
          >
            <div className={classes.actions}>
              {plan.actions.map(action => (
                <ActionCard
                  key={action.id}
                  action={action}
                  abilities={abilities}
                  onDone={() => after('done')}
                />
              ))}
            </div>
          </Section>
        </div>
      )}
    </ScalingFrame>
  );
}
