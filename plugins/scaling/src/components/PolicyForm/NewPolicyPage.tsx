import { useApi } from '@backstage/core-plugin-api';
import { Notice, RowsSkeleton, useColumn } from '@headroom/react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { scalingApiRef } from '../../api';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';
import { idOf } from './newPolicy';
import { PolicyForm } from './PolicyForm';
import { prefilledPolicy } from './prefill';

/** The form as it begins with what a link says; the link isn't read again. */
function PrefilledForm(props: { timezone: string }) {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const column = useColumn();
  const links = useScalingLinks();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [prefilled] = useState(() => prefilledPolicy(query, props.timezone));
  return (
    <div className={column.root}>
      {prefilled.unread.map(name => (
        <Notice key={name} severity="warning">
          {t('form.unread', { name, value: query.get(name) ?? '' })}
        </Notice>
      ))}
      <PolicyForm
        initial={prefilled.policy}
        title={t('policy.new')}
        submit={t('form.create')}
        onSave={async policy => {
          const { policy: saved } = await api.createPolicy({
            ...policy,
            id: idOf(policy.title, Math.random()),
          });
          if (links) {
            navigate(links.policy(saved.id));
          }
        }}
        onCancel={() => links && navigate(links.tab('policies'))}
      />
    </div>
  );
}

/** The form of a new policy, with what a link filled in. */
export function NewPolicyPage() {
  const { settings, abilities } = useScalingSettings();
  const { t } = useScalingTranslation();
  if (!settings) {
    return <RowsSkeleton rows={10} />;
  }
  return abilities.writePolicies ? (
    <PrefilledForm timezone={settings.timezone} />
  ) : (
    <Notice severity="info">{t('noPolicies.notAllowed')}</Notice>
  );
}
