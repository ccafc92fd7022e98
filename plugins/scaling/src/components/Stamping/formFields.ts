import {
  createFormField,
  FormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

const fields = () => import('./fields');

function formField(name: string, field: () => Promise<FormField>) {
  return FormFieldBlueprint.make({ name, params: { field } });
}

/** The fields that templates use by `ui:field`, each loaded when a form has it. */
export const formFields = [
  formField('headroom-decision', async () =>
    createFormField((await fields()).decisionField),
  ),
  formField('headroom-cluster', async () =>
    createFormField((await fields()).clusterField),
  ),
  formField('headroom-timezone', async () =>
    createFormField((await fields()).timezoneField),
  ),
  formField('headroom-schedule', async () =>
    createFormField((await fields()).scheduleField),
  ),
  formField('headroom-budget', async () =>
    createFormField((await fields()).budgetField),
  ),
  formField('headroom-cost', async () =>
    createFormField((await fields()).costField),
  ),
];
