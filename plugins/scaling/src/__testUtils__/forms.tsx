import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EstimatesApi, estimatesApiRef, scalingApiRef } from '../api';
import * as fields from '../components/Stamping/fields';
import { mockEstimatesApi } from './estimates';
import { component, mockScalingApi } from './render';

/** As the scaffolder has fields of both frontend systems. */
const extensions = Object.values(fields).map(
  ({ schema, ...field }) =>
    ({ ...field, schema: schema.schema } as FieldExtensionOptions<any, any>),
);

/**
 * Renders a step of a template's form as the scaffolder does.
 *
 * @param properties - of the step's schema, as a template writes them
 */
export function renderForm(
  properties: Record<string, object>,
  options: {
    api?: ScalingApi;
    estimates?: EstimatesApi;
    /** Values that earlier steps gave. */
    values?: Record<string, unknown>;
  } = {},
) {
  // jsdom has no scrolling, and the stepper goes to the top of each step.
  window.scrollTo = jest.fn();
  const onCreate = jest.fn(async () => {});
  const {
    api = mockScalingApi(),
    estimates = mockEstimatesApi(),
    values,
  } = options;
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'A service',
        steps: [
          {
            title: 'What it is',
            schema: { type: 'object', properties } as never,
          },
        ],
      }}
      extensions={extensions}
      initialState={values as never}
      onCreate={onCreate}
    />,
    {
      apis: [
        [scalingApiRef, api],
        [estimatesApiRef, estimates],
        [catalogApiRef, catalogApiMock({ entities: [component] })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return {
    onCreate,
    /** Goes on to the review, or shows what is wrong. */
    review: async () =>
      userEvent.click(await screen.findByRole('button', { name: 'Review' })),
    /** What is said to be wrong at the field of a parameter. */
    problem: async (name: string): Promise<string> => {
      const find = () => document.getElementById(`root_${name}__error`);
      await waitFor(() => expect(find()).not.toBeNull());
      return find()?.textContent ?? '';
    },
    /** Creates, and gives the values. */
    create: async (): Promise<Record<string, unknown>> => {
      await userEvent.click(
        await screen.findByRole('button', { name: 'Create' }),
      );
      return (onCreate.mock.calls as unknown[][])[0][0] as Record<
        string,
        unknown
      >;
    },
  };
}
