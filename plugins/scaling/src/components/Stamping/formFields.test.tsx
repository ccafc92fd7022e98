import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import {
  HeadroomBudgetField,
  HeadroomClusterField,
  HeadroomCostField,
  HeadroomDecisionField,
  HeadroomScheduleField,
  HeadroomTimezoneField,
} from '../../legacy';
import * as fields from './fields';
import { formFields } from './formFields';

jest.setTimeout(60_000);

const NAMES = Object.values(fields)
  .map(({ name }) => name)
  .sort();

describe('the fields of forms', () => {
  it('are found by the names that templates use', async () => {
    const loaded = await Promise.all(
      formFields.map(async extension => {
        const field = createExtensionTester(extension).get(
          FormFieldBlueprint.dataRefs.formFieldLoader,
        );
        // What the scaffolder reads of it is no part of its type.
        return ((await field()) as unknown as { name: string }).name;
      }),
    );
    expect(loaded.sort()).toEqual(NAMES);
  });

  it('are found in legacy portals, too', async () => {
    const Names = () => {
      const found = useCustomFieldExtensions(
        <ScaffolderFieldExtensions>
          <HeadroomBudgetField />
          <HeadroomClusterField />
          <HeadroomCostField />
          <HeadroomDecisionField />
          <HeadroomScheduleField />
          <HeadroomTimezoneField />
        </ScaffolderFieldExtensions>,
      );
      return (
        <p>
          {found
            .map(({ name }) => name)
            .sort()
            .join(' ')}
        </p>
      );
    };
    renderInTestApp(<Names />);
    expect(await screen.findByText(NAMES.join(' '))).toBeInTheDocument();
  });
});
