import { Link } from '@backstage/core-components';
import { StoredPlan } from '@headroom/common';
import {
  DataColumn,
  DataTable,
  entityName,
  formatInstant,
  Money,
} from '@headroom/react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { useScalingLinks } from '../links';
import { ModeTag, StateTag } from '../tags';
import { planState, savingPerHour, vetoedCount } from './planFacts';

/** The subjects of a plan: the first ones by name. */
function subjectsOf(plan: StoredPlan): { first: string; more: number } {
  const subjects = [...new Set(plan.actions.map(({ subject }) => subject))];
  return {
    first: subjects.slice(0, 2).join(', '),
    more: Math.max(0, subjects.length - 2),
  };
}

/** Plans, the way to each. */
export function PlanTable(props: {
  id: string;
  label: string;
  plans: readonly StoredPlan[];
  fileName: string;
}) {
  const { id, label, plans, fileName } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const links = useScalingLinks();
  const columns: Array<DataColumn<StoredPlan>> = [
    {
      id: 'plan',
      title: t('column.plan'),
      value: plan => plan.policyTitle,
      render: plan => (
        <>
          {links ? (
            <Link to={links.plan(plan.id)}>{plan.policyTitle}</Link>
          ) : (
            plan.policyTitle
          )}
          <br />
          {t(
            `controller.${
              plan.controller === 'rightsizing' ? 'rightsizing' : 'schedules'
            }`,
          )}
        </>
      ),
    },
    {
      id: 'what',
      title: t('column.what'),
      value: plan => plan.actions.map(({ subject }) => subject).join(', '),
      render: plan => {
        const { first, more } = subjectsOf(plan);
        const [action] = plan.actions;
        return (
          <>
            {first}
            {more > 0 && ` ${t('plans.more', { count: more })}`}
            <br />
            {action && wordingOf(action.reason)}
          </>
        );
      },
    },
    {
      id: 'state',
      title: t('column.state'),
      value: plan => planState(plan),
      render: plan => {
        const state = planState(plan);
        const vetoed = vetoedCount(plan);
        return (
          <>
            {state && <StateTag state={state} />}
            {vetoed > 0 && (
              <div>
                {t('plans.vetoed', {
                  vetoed: String(vetoed),
                  all: String(plan.actions.length),
                })}
              </div>
            )}
          </>
        );
      },
    },
    {
      id: 'mode',
      title: t('column.mode'),
      value: plan => t(`mode.${plan.mode}.name`),
      render: plan => <ModeTag mode={plan.mode} />,
    },
    {
      id: 'saving',
      title: t('column.expectedSaving'),
      hint: t('hint.expectedSaving'),
      numeric: true,
      value: plan => savingPerHour(plan)?.micros,
      render: plan => {
        const saving = savingPerHour(plan);
        return saving ? (
          <Money micros={saving.micros} currency={saving.currency} />
        ) : (
          t('plans.unknown')
        );
      },
    },
    {
      id: 'by',
      title: t('column.askedBy'),
      value: plan =>
        plan.requestedBy ? entityName(plan.requestedBy) : t('plans.byPolicy'),
    },
    {
      id: 'made',
      title: t('column.made'),
      value: plan => plan.createdAt,
      render: plan => formatInstant(plan.createdAt, timezone),
    },
    {
      id: 'expires',
      title: t('column.expires'),
      value: plan => plan.expiresAt,
      render: plan => formatInstant(plan.expiresAt, timezone),
    },
  ];
  return (
    <DataTable
      id={id}
      label={label}
      rows={plans}
      rowKey={plan => plan.id}
      columns={columns}
      initialSorting={{ column: 'made', direction: 'desc' }}
      fileName={fileName}
    />
  );
}
