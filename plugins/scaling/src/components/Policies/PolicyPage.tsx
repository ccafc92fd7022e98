import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  entityName,
  Notice,
  Section,
  useColumn,
  useKeptFocus,
} from '@headroom/react';
import { PolicyView } from '@headroom/plugin-scaling-common';
import { useCallback, useRef } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { scalingApiRef } from '../../api';
import { momentText, scheduleLines, scopeText } from '../../format';
import { useLiveReport } from '../../live';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';
import { PreviewPanel } from '../PolicyForm/PreviewPanel';
import { ScalingFrame } from '../ScalingFrame';
import { ModeTag } from '../tags';
import { findPolicy } from './findPolicy';
import { IssueList } from './IssueList';
import { PolicyButtons } from './PolicyButtons';

const useStyles = makeStyles(theme => ({
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    outline: 'none',
  },
}));

/** Who made a policy and where it is changed. */
function MadeBy(props: { view: PolicyView }) {
  const { policy, mayChange } = props.view;
  const { t } = useScalingTranslation();
  const { origin, by } = policy;
  return (
    <Typography variant="body2">
      {t(`origin.${origin.type}.where`, {
        of: origin.type === 'annotation' ? origin.of : '',
        by: by ? entityName(by) : '',
      })}{' '}
      {origin.type === 'page' && !mayChange && t('policy.notAllowed')}
    </Typography>
  );
}

/** One policy: what it says, what it wins, what it will want. */
export function PolicyPage() {
  const { id = '' } = useParams();
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const classes = useStyles();
  const column = useColumn();
  const links = useScalingLinks();
  const navigate = useNavigate();
  const { timezone } = useScalingSettings();
  const heading = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(heading);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const view = await findPolicy(api, id, signal);
      if (!view) {
        throw new NotFoundError(id);
      }
      const preview = await api.previewPolicy(view.policy, { signal });
      return { view, preview };
    },
    [api, id],
  );
  const { state, retry, refresh } = useLiveReport(load, id);
  const back = links && (
    <Link to={links.tab('policies')}>← {t('policy.back')}</Link>
  );
  return (
    <ScalingFrame
      state={state}
      onRetry={retry}
      lead={back}
      notFound={{
        title: t('policy.notFoundTitle'),
        text: t('policy.notFound'),
        next: back,
      }}
    >
      {({ view, preview }) => (
        <div className={column.root}>
          <div ref={heading} tabIndex={-1} className={classes.title}>
            <Typography variant="h5" component="h2">
              {view.policy.title}
            </Typography>
            <ModeTag mode={view.policy.mode} />
          </div>
          <MadeBy view={view} />
          {view.mayChange && (
            <PolicyButtons
              view={view}
              onChanged={() => {
                refresh();
                keepFocus();
              }}
              onDeleted={() => links && navigate(links.tab('policies'))}
            />
          )}
          {view.pausedUntil && (
            <Notice severity="warning">
              {t('policy.isPaused', {
                until: momentText(view.pausedUntil, timezone),
              })}
            </Notice>
          )}
          <IssueList issues={view.issues} />
          <Section
            title={t('policy.says')}
            subtitle={scopeText(view.policy.scope, t)}
          >
            {scheduleLines(view.policy, t).map(line => (
              <Typography key={line} variant="body2">
                {line}
              </Typography>
            ))}
            <Typography variant="body2">
              {t('policy.winsOf', {
                wins: String(view.wins),
                matches: String(view.matches),
              })}{' '}
              {view.policy.twoPersons && t('policy.twoPersons')}
            </Typography>
          </Section>
          <PreviewPanel
            policy={view.policy}
            title={view.policy.title}
            preview={preview}
          />
        </div>
      )}
    </ScalingFrame>
  );
}
