import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ServiceKind } from '@headroom/plugin-scaling-common';
import { axeFindings } from '../../__testUtils__/axe';
import { mockEstimatesApi } from '../../__testUtils__/estimates';
import { renderForm } from '../../__testUtils__/forms';

jest.setTimeout(60_000);

/** As templates of the repository write it: with the shape of the value. */
function step(kind?: ServiceKind) {
  return {
    decision: {
      title: 'Size and scaling',
      type: 'object',
      'ui:field': 'HeadroomDecision',
      ...(kind && { 'ui:options': { kind } }),
      required: ['kind', 'replicas', 'requests', 'scaling', 'spot'],
      properties: {
        kind: { type: 'string' },
        replicas: {
          type: 'object',
          required: ['min', 'max'],
          properties: {
            min: { type: 'integer', minimum: 0 },
            max: { type: 'integer', minimum: 1 },
          },
        },
        requests: {
          type: 'object',
          properties: {
            cpu: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?m?$' },
            memory: { type: 'string' },
          },
        },
        scaling: { type: 'object', properties: {} },
        spot: { type: 'boolean' },
      },
    },
  };
}

async function type(name: string, text: string) {
  const input = await screen.findByLabelText(name);
  await userEvent.clear(input);
  await userEvent.type(input, text);
}

describe('HeadroomDecision', () => {
  it('decides from what the service has to do, with a reason for each choice', async () => {
    const { review, create } = renderForm(step('model-serving'));
    await type('Requests a second, at most', '400');
    const reasons = await screen.findByText('What follows, and why');
    const list = within(reasons.parentElement!);
    expect(
      list.getByText(
        'At 400 requests a second and 20 a replica, 20 are needed at the peak; a third more is the most.',
      ),
    ).toBeInTheDocument();
    expect(
      list.getAllByText(/^Avoids: an HPA and a VPA on the same resource/),
    ).not.toHaveLength(0);
    expect(reasons.closest('[aria-live="polite"]')).not.toBeNull();
    expect(await axeFindings(document.body)).toEqual([]);
    await review();
    expect(await create()).toMatchObject({
      decision: {
        kind: 'model-serving',
        environment: 'production',
        criticality: 'standard',
        replicas: { min: 2, max: 27 },
        scaling: { signal: 'requestsPerSecond', target: 20 },
        spot: false,
        answers: { requestsPerSecond: 400 },
      },
    });
  });

  it('asks what kind of work it is where the template does not say', async () => {
    const { review, create } = renderForm(step());
    await userEvent.selectOptions(
      await screen.findByLabelText('What kind of work is it?'),
      'model',
    );
    await type('GPU memory a replica', '16Gi');
    await review();
    expect(await create()).toMatchObject({
      decision: {
        kind: 'gpu-inference',
        gpu: { memory: '16Gi', sharing: 'whole' },
      },
    });
  });

  it('lets the size be changed, keeps that when an answer changes, and takes it back', async () => {
    const { review, create } = renderForm(step('web-service'));
    await type('Most replicas', '4');
    await userEvent.selectOptions(
      screen.getByLabelText('Environment'),
      'staging',
    );
    expect(screen.getByLabelText('Most replicas')).toHaveValue(4);
    await userEvent.click(screen.getByRole('button', { name: 'As decided' }));
    expect(screen.getByLabelText('Most replicas')).toHaveValue(10);
    await type('Most replicas', '6');
    await review();
    expect(await create()).toMatchObject({
      decision: { environment: 'staging', replicas: { min: 2, max: 6 } },
    });
  });

  it('refuses fewer replicas at most than at least, at the input and at the field', async () => {
    const { review, problem } = renderForm(step('web-service'));
    await type('Fewest replicas', '20');
    const input = screen.getByLabelText('Fewest replicas');
    expect(input).toHaveAttribute('aria-invalid', 'true');
    expect(input).toHaveAccessibleDescription(
      'replicas.min is 20, above replicas.max, which is 10; lower the one or raise the other.',
    );
    await review();
    expect(await problem('decision')).toContain('replicas.min is 20');
  });

  it('refuses a share of a GPU without its memory', async () => {
    const { review, problem } = renderForm(step('gpu-inference'));
    await userEvent.selectOptions(
      await screen.findByLabelText('GPU'),
      'time-slicing',
    );
    expect(screen.getByLabelText('GPU')).toHaveAccessibleDescription(
      /^gpu\.memory is missing/,
    );
    await review();
    expect(await problem('decision')).toMatch(/^gpu\.memory is missing/);
  });

  it('says at the input what the schema of a template finds', async () => {
    const { review } = renderForm(step('web-service'));
    await type('CPU a replica', 'much');
    await review();
    expect(screen.getByLabelText('CPU a replica')).toHaveAccessibleDescription(
      /requests\.cpu is "much"/,
    );
  });

  it('is what the cost beside it is of, with cheaper choices', async () => {
    const estimates = mockEstimatesApi();
    renderForm(
      {
        ...step('web-service'),
        estimate: { type: 'object', 'ui:field': 'HeadroomCost' },
      },
      { estimates, values: { cluster: 'us-west' } },
    );
    await screen.findByText('$15.33 to $76.65 a month');
    const [[{ pods, choices = [] }]] = estimates.estimate.mock.calls;
    expect(pods[0]).toMatchObject({
      replicas: { min: 2, max: 10 },
      cpuCores: 0.25,
    });
    expect(choices.map(({ id }) => id)).toEqual(['spot', 'fewer']);
    expect(choices[0].pods[0]).toMatchObject({ spot: true });
  });
});
