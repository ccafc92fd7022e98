import { createApp } from '@backstage/app-defaults';
import {
  createTranslationMessages,
  createTranslationResource,
} from '@backstage/frontend-plugin-api';
import { Said, SourceProblem, wordNames } from '@headroom/common';
import {
  AdviceReason,
  BreakdownRow,
  GpuAdvice,
  gpuAdviceOptions,
} from '@headroom/plugin-cost-common';
import { render, screen } from '@testing-library/react';
import { ReactNode } from 'react';
import { ReasonList } from './components/AdviceDetail/ReasonList';
import { RowLabel } from './components/Breakdown/RowLabel';
import { RowDimension } from './components/Breakdown/rowName';
import { GpuAdviceCard } from './components/Gpu/GpuAdviceCard';
import { breakdownRow } from './__testUtils__/reports';
import { Problems } from './components/ReportFrame/Problems';
import { costTranslationRef } from './translation';
import { useCostWording } from './useCostWording';

/** A part of a portal that has the plugin's words in German. */
async function renderInGerman(content: ReactNode) {
  const german = createTranslationResource({
    ref: costTranslationRef,
    translations: {
      de: async () => ({
        default: createTranslationMessages({
          ref: costTranslationRef,
          messages: {
            'nobody.idle': 'Leerlauf',
            'unknownRow.team': 'Ohne Team',
            'unknownRow.region': 'Region unbekannt',
            'capacity.spot': 'Spot-Preis',
            'breakdown.podLevel': 'Volumes und Verkehr',
            'said.parts.andMore': '{{named}} und {{more}} weitere',
            'said.prometheus.noPodLabels':
              'kube_pod_labels fehlen Labels. Starte kube-state-metrics mit {{flag}}.',
            'said.gpuParts.gpus_one': '{{count}} GPU',
            'said.gpuParts.gpus_other': '{{count}} GPUs',
            'said.gpuParts.days_one': '{{count}} Tag',
            'said.gpuParts.days_other': '{{count}} Tagen',
            'said.adviceReadiness.fewDays_one':
              'Es gibt {{count}} Tag mit Werten, nötig sind {{wanted}}.',
            'said.gpuAdvice.remove':
              'Gib die GPU zurück: {{gpus}} rechneten an {{days}} in {{share}} der Zeit.',
            'said.gpuAdvice.fewDays':
              'Erst {{days}} von {{needed}} Tagen sind bekannt.',
          },
        }),
      }),
    },
  });
  const app = createApp({
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost:7007' },
        },
      },
    ],
    __experimentalTranslations: {
      availableLanguages: ['en', 'de'],
      defaultLanguage: 'de',
      resources: [german],
    },
  });
  const Portal = app.createRoot(<>{content}</>);
  render(<Portal />);
  await screen.findByTestId('shown');
}

function Sentence(props: { said: Said }) {
  return <p data-testid="shown">{useCostWording()(props.said)}</p>;
}

/** What the rule says, after the way over the wire. */
function adviceOnIdleGpus(): GpuAdvice {
  const [advice] = gpuAdviceOptions({
    workload: { namespace: 'ml', kind: 'Job', name: 'run', container: 'app' },
    costMicros: 576_000_000n,
    days: 3,
    observedHours: 72,
    heldHours: 72,
    deviceHours: 144,
    knownHours: 144,
    busyHours: 0,
    computingHours: 0,
    exclusive: true,
    boardShare: 1,
    maxDevices: 2,
    peakBusyShare: 0,
    peakBusyDevices: 0,
    severalModels: false,
    week: [],
  });
  return JSON.parse(JSON.stringify(advice));
}

describe('what a back end says', () => {
  it('is shown in the language of the reader: a problem', async () => {
    const problem: SourceProblem = {
      code: 'no-pod-labels',
      severity: 'warning',
      message: 'kube_pod_labels has no labels in this hour.',
      wording: {
        key: 'prometheus.noPodLabels',
        params: { flag: '--allow={{count}},$t(said.parts.andMore)' },
      },
    };
    await renderInGerman(
      <div data-testid="shown">
        <Problems problems={[problem]} timezone="UTC" />
      </div>,
    );
    expect(
      screen.getByText(
        'kube_pod_labels fehlen Labels. Starte kube-state-metrics mit --allow={{count}},$t(said.parts.andMore).',
      ),
    ).toBeInTheDocument();
  });

  it('is shown in the language of the reader: a reason', async () => {
    const reason: AdviceReason = {
      code: 'too-little-history',
      resource: 'cpu',
      message: 'There is 1 day of usage, and advice takes 3.',
      wording: {
        key: 'adviceReadiness.fewDays',
        params: { count: 1, wanted: 3 },
      },
    };
    await renderInGerman(
      <div data-testid="shown">
        <ReasonList reasons={[reason]} withheld />
      </div>,
    );
    expect(
      screen.getByText('Es gibt 1 Tag mit Werten, nötig sind 3.'),
    ).toBeInTheDocument();
  });

  it('is shown in the language of the reader: a GPU advice, with its plurals', async () => {
    const advice = adviceOnIdleGpus();
    expect(advice.summary).toBe(
      'Remove the GPU: 2 GPUs computed in 0 % of the time over 3 days.',
    );
    await renderInGerman(
      <div data-testid="shown">
        <GpuAdviceCard advice={advice} currency="USD" timezone="UTC" />
      </div>,
    );
    expect(
      screen.getByText(
        'Gib die GPU zurück: 2 GPUs rechneten an 3 Tagen in 0 % der Zeit.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Erst 3 von 7 Tagen sind bekannt\./),
    ).toBeInTheDocument();
  });

  it.each<[string, string, RowDimension, Partial<BreakdownRow>]>([
    ['Leerlauf', 'idle', 'team', { kind: 'idle', label: 'Idle' }],
    [
      'Leerlauf · us-west',
      'idle:us-west',
      'cluster',
      { kind: 'idle', label: 'Idle · us-west' },
    ],
    [
      'Unallocated · ml',
      'unallocated:ml',
      'namespace',
      { kind: 'unallocated', label: 'Unallocated · ml' },
    ],
    ['Ohne Team', '-', 'team', { label: 'No owner' }],
    ['Region unbekannt', '-', 'region', { label: 'unknown region' }],
    [
      'api · Volumes und Verkehr',
      'ml/Deployment/api/',
      'container',
      { label: 'api · volumes and traffic' },
    ],
    ['api · app', 'ml/Deployment/api/app', 'container', { label: 'api · app' }],
    ['Spot-Preis', 'spot', 'capacity', { label: 'spot' }],
    ['us-west-2', 'us-west-2', 'region', { label: 'us-west-2' }],
  ])(
    'is shown in the language of the reader: the row %s',
    async (name, key, dimension, row) => {
      await renderInGerman(
        <div data-testid="shown">
          <RowLabel
            row={breakdownRow(key, 1_000_000n, row)}
            dimension={dimension}
            scope={{ window: '30d', idle: 'separate' }}
          />
        </div>,
      );
      expect(screen.getByTestId('shown')).toHaveTextContent(
        new RegExp(`^${name}$`),
      );
    },
  );

  it('is in English where a portal has not translated it', async () => {
    await renderInGerman(
      <Sentence
        said={{ message: '', wording: { key: 'gpuVerdict.notHeld' } }}
      />,
    );
    expect(screen.getByTestId('shown')).toHaveTextContent(
      'Nobody held it in this window',
    );
  });

  it('is in the language of the reader down to its parts', async () => {
    const said = wordNames(['a', 'b', 'c'], 1);
    await renderInGerman(<Sentence said={said as Said} />);
    expect(screen.getByTestId('shown')).toHaveTextContent('a und 2 weitere');
  });

  it.each([
    ['a source of another author', undefined],
    ['a later back end', { key: 'gpuVerdict.ofLaterVersions' }],
    ['a broken back end', { key: 'parts.andMore', params: { named: 'a' } }],
  ])('is the message of %s as it is', async (_, wording) => {
    await renderInGerman(
      <Sentence said={{ message: 'The meter is broken.', wording }} />,
    );
    expect(screen.getByTestId('shown')).toHaveTextContent(
      'The meter is broken.',
    );
  });
});
