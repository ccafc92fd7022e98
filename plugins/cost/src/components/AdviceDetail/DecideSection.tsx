import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import {
  AdviceDecisionRequest,
  AdviceDetail,
  costAdviceDecidePermission,
} from '@headroom/plugin-cost-common';
import { KUBERNETES_ID } from '@headroom/common';
import { costApiRef } from '../../api';
import {
  Notice,
  Section,
  entityName,
  errorMessage,
  formatInstant,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { DecisionDialog } from './DecisionDialog';

const useStyles = makeStyles(theme => ({
  buttons: {
    display: 'flex',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
}));

/** Dismisses or snoozes an advice and takes that back; says why when one may not. */
export function DecideSection(props: {
  detail: AdviceDetail;
  /** Something was decided or taken back. */
  onDecided: () => void;
}) {
  const { detail, onDecided } = props;
  const { row, timezone } = detail;
  const { decision, entityRef } = row;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const api = useApi(costApiRef);
  const { allowed, loading } = usePermission({
    permission: costAdviceDecidePermission,
    resourceRef: entityRef,
  });
  const [asking, setAsking] = useState<'dismissed' | 'snoozed'>();
  const [problem, setProblem] = useState<string>();
  const decide = async (request: AdviceDecisionRequest) => {
    try {
      await api.decideAdvice(row.id, request);
    } catch (error) {
      throw new Error(errorMessage(error as Error));
    }
    setAsking(undefined);
    onDecided();
  };
  const undo = async () => {
    setProblem(undefined);
    try {
      await api.undoAdviceDecision(row.id);
      onDecided();
    } catch (error) {
      setProblem(errorMessage(error as Error));
    }
  };
  return (
    <Section
      title={t('advice.decide.title')}
      subtitle={t('advice.decide.subtitle')}
    >
      {decision && (
        <Notice severity="info">
          {t('advice.decisionBy', {
            state: t(`advice.decisionState.${decision.state}`),
            by: entityName(decision.by),
            at: formatInstant(decision.at, timezone),
            reason: decision.reason,
          })}{' '}
          {decision.until &&
            t('advice.decisionUntil', {
              until: formatInstant(decision.until, timezone),
            })}
        </Notice>
      )}
      <div className={classes.buttons}>
        {decision ? (
          <Button variant="outlined" disabled={!allowed} onClick={undo}>
            {t('advice.decide.undo')}
          </Button>
        ) : (
          (['snoozed', 'dismissed'] as const).map(kind => (
            <Button
              key={kind}
              variant="outlined"
              disabled={!allowed}
              onClick={() => setAsking(kind)}
            >
              {t(
                kind === 'snoozed'
                  ? 'advice.decide.snooze'
                  : 'advice.decide.dismiss',
              )}
            </Button>
          ))
        )}
      </div>
      {problem && (
        <Notice severity="error">
          {t('advice.decide.failed', { reason: problem })}
        </Notice>
      )}
      {!loading && !allowed && (
        <Typography variant="body2">
          {entityRef
            ? t('advice.decide.notAllowed', {
                permission: costAdviceDecidePermission.name,
                entity: entityName(entityRef),
              })
            : t('advice.decide.noService', {
                annotation: KUBERNETES_ID,
              })}
        </Typography>
      )}
      {asking && (
        <DecisionDialog
          kind={asking}
          timezone={timezone}
          onDecide={decide}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}
