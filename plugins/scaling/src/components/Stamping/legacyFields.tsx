import {
  createScaffolderFieldExtension,
  CustomFieldValidator,
  FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { Progress } from '@backstage/core-components';
import { ComponentType, lazy, Suspense } from 'react';

/** A field as both frontend systems have it. */
interface Field {
  component: ComponentType<any>;
  validation?: CustomFieldValidator<any, any>;
}

/**
 * A field of a legacy portal, loaded when a form has it.
 *
 * @param name - what templates say as `ui:field`
 */
function fieldExtension(name: string, load: () => Promise<Field>) {
  const Component = lazy(async () => ({ default: (await load()).component }));
  const component = (props: FieldExtensionComponentProps<unknown>) => (
    <Suspense fallback={<Progress />}>
      <Component {...props} />
    </Suspense>
  );
  return createScaffolderFieldExtension({
    name,
    component,
    validation: async (value, field, context) => {
      const { validation } = await load();
      await validation?.(value, field, context);
    },
  });
}

const fields = () => import('./fields');

export const decisionExtension = fieldExtension(
  'HeadroomDecision',
  async () => (await fields()).decisionField,
);
export const clusterExtension = fieldExtension(
  'HeadroomCluster',
  async () => (await fields()).clusterField,
);
export const timezoneExtension = fieldExtension(
  'HeadroomTimezone',
  async () => (await fields()).timezoneField,
);
export const scheduleExtension = fieldExtension(
  'HeadroomSchedule',
  async () => (await fields()).scheduleField,
);
export const budgetExtension = fieldExtension(
  'HeadroomBudget',
  async () => (await fields()).budgetField,
);
export const costExtension = fieldExtension(
  'HeadroomCost',
  async () => (await fields()).costField,
);
