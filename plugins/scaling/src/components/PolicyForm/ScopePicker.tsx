import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useReport } from '@headroom/react';
import { PolicyScope, SCOPES_BY_WIDTH } from '@headroom/plugin-scaling-common';
import { useCallback } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldRow, NamesInput, SelectInput, TextInput } from './fields';
import { catalogKind } from './normalized';

const KINDS = ['Deployment', 'StatefulSet', 'CronJob', 'Rollout'] as const;

/** Enough to choose from while typing. */
const MOST_ENTITIES = 500;

/** Entities of a kind, as refs; empty while they aren't known. */
function useEntityRefs(kind: string | undefined): string[] {
  const catalog = useApi(catalogApiRef);
  const load = useCallback(async () => {
    if (!kind) {
      return [];
    }
    const { items } = await catalog.queryEntities({
      filter: { kind },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: MOST_ENTITIES,
    });
    return items.map(entity => stringifyEntityRef(entity)).sort();
  }, [catalog, kind]);
  const { state } = useReport(load, kind);
  return state.status === 'ok' ? state.value : [];
}

/** A scope to begin with, of a type. */
function scopeOf(type: PolicyScope['type']): PolicyScope {
  switch (type) {
    case 'workload':
      return { type, namespace: '', kind: KINDS[0], name: '' };
    case 'selector':
      return { type, selector: '' };
    case 'namespace':
      return { type, namespace: '' };
    case 'all':
      return { type };
    default:
      return { type, entityRef: '' };
  }
}

/** What a policy is for. */
export function ScopePicker(props: {
  value: PolicyScope;
  onChange: (value: PolicyScope) => void;
}) {
  const { value, onChange } = props;
  const { t } = useScalingTranslation();
  const kind = catalogKind(value.type);
  const refs = useEntityRefs(kind);
  return (
    <FieldRow>
      <SelectInput
        path="scope.type"
        label={t('form.scope')}
        hint={t('form.scopeHint')}
        value={value.type}
        options={SCOPES_BY_WIDTH.map(type => ({
          value: type,
          label: t(`scope.type.${type}`),
        }))}
        onChange={type => onChange(scopeOf(type))}
      />
      {value.type === 'workload' && (
        <>
          <SelectInput
            path="scope.kind"
            label={t('form.kind')}
            value={value.kind}
            options={[...new Set([...KINDS, value.kind])].map(each => ({
              value: each,
              label: each,
            }))}
            onChange={next => onChange({ ...value, kind: next })}
          />
          <TextInput
            path="scope.namespace"
            label={t('column.namespace')}
            value={value.namespace}
            required
            onChange={namespace => onChange({ ...value, namespace })}
          />
          <TextInput
            path="scope.name"
            label={t('form.name')}
            value={value.name}
            required
            onChange={name => onChange({ ...value, name })}
          />
        </>
      )}
      {value.type === 'selector' && (
        <>
          <TextInput
            path="scope.selector"
            label={t('form.selector')}
            hint={t('form.selectorHint')}
            value={value.selector}
            required
            onChange={selector => onChange({ ...value, selector })}
          />
          <NamesInput
            path="scope.namespaces"
            label={t('form.namespaces')}
            hint={t('form.namespacesHint')}
            value={value.namespaces}
            onChange={namespaces => onChange({ ...value, namespaces })}
          />
        </>
      )}
      {value.type === 'namespace' && (
        <TextInput
          path="scope.namespace"
          label={t('column.namespace')}
          value={value.namespace}
          required
          onChange={namespace => onChange({ ...value, namespace })}
        />
      )}
      {kind && 'entityRef' in value && (
        <TextInput
          path="scope.entityRef"
          label={t('form.entity')}
          hint={t('form.entityHint')}
          value={value.entityRef}
          options={refs}
          required
          wide
          onChange={entityRef => onChange({ ...value, entityRef })}
        />
      )}
    </FieldRow>
  );
}
