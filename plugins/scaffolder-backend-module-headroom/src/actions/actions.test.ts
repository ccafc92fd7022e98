import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { createEstimateAction } from './estimate';
import { createPolicyAction, POLICY_EXAMPLES } from './policy';
import { createRenderAction, RENDER_EXAMPLE } from './render';
import { createValidateAction } from './validate';

const now = () => Date.parse('2026-11-28T12:00:00Z');
const known = () => ({ nowMs: now(), clusters: ['us-west'] });
const auth = mockServices.auth();
const workspace = createMockDirectory();
beforeEach(() => workspace.clear());

function contextOf(input: any, more: object = {}) {
  const output: Record<string, any> = {};
  const context = createMockActionContext({
    input,
    workspacePath: workspace.path,
    ...more,
  } as any);
  return {
    output,
    context: {
      ...context,
      ...more,
      getInitiatorCredentials: async () => mockCredentials.user(),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
    } as any,
  };
}

const SAID = { message: 'The node costs 1 USD an hour.' };
const ESTIMATE = {
  complete: true,
  currency: 'USD',
  monthly: { min: '41200000', max: '123600000' },
  unknown: [],
  pods: [{ prices: [{ said: SAID }, { said: SAID }] }],
};

const costOf = (answer: unknown) => ({
  estimate: jest.fn(async () => answer as any),
});

function scalingOf(...rows: any[]) {
  return {
    getPolicies: jest.fn(async () => ({ rows } as any)),
    createPolicy: jest.fn(async (policy: any) => {
      rows.push({ policy: { ...policy, by: 'user:default/mock' } });
      return rows[0];
    }),
    updatePolicy: jest.fn(),
  };
}

const ACTIONS: Array<TemplateAction<any, any, any>> = [
  createRenderAction({ known }),
  createValidateAction({}),
  createEstimateAction({ known, auth, cost: costOf(ESTIMATE) }),
  createPolicyAction({ now, auth, scaling: scalingOf() }),
];

describe.each(ACTIONS)('$id', action => {
  it('has examples that its own schema takes, and runs in dry runs', () => {
    expect(action.supportsDryRun).toBe(true);
    expect(action.examples).not.toHaveLength(0);
    for (const { example } of action.examples ?? []) {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      expect(validate(step.input, action.schema!.input as any).errors).toEqual(
        [],
      );
    }
  });
});

describe('headroom:manifests:render', () => {
  const [action] = ACTIONS;

  it('writes what it says it wrote, the same each time', async () => {
    const first = contextOf(RENDER_EXAMPLE);
    await action.handler(first.context);
    const written = workspace.content();
    expect(first.output.files).toContain('manifests/kustomization.yaml');
    const second = contextOf(RENDER_EXAMPLE);
    await action.handler(second.context);
    expect(workspace.content()).toEqual(written);
  });

  it.each([
    [{ minReplicas: 9 }, 'replicas.min'],
    [{ environment: 'prod' }, 'environment is "prod"; it must be one of'],
    [{ name: 'A b' }, 'name is "A b"; it must match'],
    [{ timezone: 'Europe/Atlantis' }, 'timezone'],
    [{ port: '80' }, 'port is "80"; it must be a number'],
  ])('refuses %j at the field', async (change, said) => {
    const { context } = contextOf({
      ...RENDER_EXAMPLE,
      parameters: { ...RENDER_EXAMPLE.parameters, ...change },
    });
    await expect(action.handler(context)).rejects.toThrow(said);
    expect(workspace.content()).toEqual({});
  });

  it('writes nothing outside of the workspace', async () => {
    const { context } = contextOf({ ...RENDER_EXAMPLE, path: '../outside' });
    await expect(action.handler(context)).rejects.toThrow(
      'not allowed to refer to a directory outside',
    );
  });
});

describe('headroom:manifests:validate', () => {
  const [render, action] = ACTIONS;

  it('finds nothing in what was rendered', async () => {
    await render.handler(contextOf(RENDER_EXAMPLE).context);
    const { context, output } = contextOf({ path: 'manifests' });
    await action.handler(context);
    expect(output.findings).toEqual([]);
    expect(output.objects).toBeGreaterThan(5);
    expect(output.notJudged).toContain('apps/v1 Deployment');
  });

  const VPA = `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  updatePolicy: { updateMode: Off }
`;

  it('fails for a mistake with its file and line, unless told not to', async () => {
    workspace.setContent({
      'deploy/vpa.yaml': VPA,
      'deploy/kustomization.yaml': 'resources: [vpa.yaml]',
    });
    const { context, output } = contextOf({ path: 'deploy' });
    await expect(action.handler(context)).rejects.toThrow(
      /M1 vpa\.yaml:6 VerticalPodAutoscaler web/,
    );
    expect(output.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'M1', file: 'vpa.yaml', line: 6 }),
      ]),
    );
    const never = contextOf({ path: 'deploy', failOn: 'never' });
    await action.handler(never.context);
    expect(never.output.findings).toEqual(output.findings);
  });

  it('leaves out what is waived', async () => {
    workspace.setContent({ 'vpa.yaml': VPA });
    const rules = async (waivers: object[]) => {
      const { context, output } = contextOf({ failOn: 'never', waivers });
      await action.handler(context);
      return output.findings.map(({ rule }: any) => rule);
    };
    expect(await rules([])).toContain('M1');
    expect(
      await rules([{ rule: 'M1', name: 'web', reason: 'A test.' }]),
    ).not.toContain('M1');
  });

  it.each([
    ['nowhere', 'which is not in the workspace'],
    ['../..', 'not allowed to refer to a directory outside'],
    ['.', 'holds no objects of Kubernetes'],
  ])('refuses the path %s', async (path, said) => {
    await expect(action.handler(contextOf({ path }).context)).rejects.toThrow(
      said,
    );
  });
});

describe('headroom:cost:estimate', () => {
  const { path: _path, ...input } = RENDER_EXAMPLE;

  it('asks for the pods of the service', async () => {
    const cost = costOf(ESTIMATE);
    const { context, output } = contextOf(input);
    await createEstimateAction({ known, auth, cost }).handler(context);
    expect(cost.estimate).toHaveBeenCalledWith(
      expect.objectContaining({
        cluster: 'us-west',
        pods: [
          expect.objectContaining({
            name: 'checkout',
            replicas: { min: 2, max: 6 },
          }),
        ],
      }),
      expect.objectContaining({ token: expect.any(String) }),
    );
    expect(output).toEqual({
      known: true,
      unknown: [],
      origin: [SAID.message],
      monthlyMin: '41.200000',
      monthlyMax: '123.600000',
      currency: 'USD',
    });
  });

  it.each([
    [{ cluster: 'us-west-3' }, /^cluster: .*us-west-3.*us-west/],
    [{ budget: { amount: '41.19', currency: 'USD' } }, /^budget: .*41\.20 USD/],
  ])('refuses %j', async (change, message) => {
    const cost = costOf(ESTIMATE);
    const action = createEstimateAction({ known, auth, cost });
    const { context } = contextOf({
      ...input,
      parameters: { ...input.parameters, ...change },
    });
    await expect(action.handler(context)).rejects.toThrow(message);
  });

  it('says what is unknown, and fails only where that is asked', async () => {
    const cost = {
      estimate: async () => {
        throw new Error('connection refused');
      },
    };
    const action = createEstimateAction({ known, auth, cost });
    const { context, output } = contextOf(input);
    await action.handler(context);
    expect(output).toEqual({
      known: false,
      origin: [],
      unknown: [expect.stringContaining('is unknown')],
    });
    await expect(
      action.handler(contextOf({ ...input, mustBeKnown: true }).context),
    ).rejects.toThrow('is unknown');
  });
});

describe('headroom:policy:register', () => {
  const [annotated, given] = POLICY_EXAMPLES;

  it('registers once, however often it is asked', async () => {
    const scaling = scalingOf();
    const action = createPolicyAction({ now, auth, scaling });
    const results = [];
    for (let i = 0; i < 2; i++) {
      const { context, output } = contextOf(given);
      await action.handler(context);
      results.push(output.result);
    }
    expect(results).toEqual(['created', 'unchanged']);
    const changed = contextOf({
      ...given,
      policy: { ...given.policy, graceMinutes: 30 },
    });
    await action.handler(changed.context);
    expect(changed.output.result).toBe('updated');
    expect(scaling.createPolicy).toHaveBeenCalledTimes(1);
    expect(scaling.updatePolicy).toHaveBeenCalledTimes(1);
  });

  it('asks nobody in a dry run', async () => {
    const scaling = scalingOf();
    const { context, output } = contextOf(given, { isDryRun: true });
    await createPolicyAction({ now, auth, scaling }).handler(context);
    expect(output.result).toBe('dryRun');
    expect(scaling.getPolicies).not.toHaveBeenCalled();
  });

  it('takes the annotation for the policy that it is', async () => {
    const scaling = scalingOf();
    const action = createPolicyAction({ now, auth, scaling });
    const entity = (schedule: string) =>
      workspace.setContent({
        'catalog-info.yaml': `metadata: { annotations: { headroom.io/schedule: "${schedule}" } }`,
      });
    entity('Mon-Fri 07:00-19:00 Europe/Berlin; outside=zero');
    const { context, output } = contextOf(annotated);
    await action.handler(context);
    expect(output).toEqual({
      policyId: 'annotation:component:default/checkout',
      result: 'annotation',
    });
    entity('Mon-Fri 7-19 nowhere');
    await expect(action.handler(contextOf(annotated).context)).rejects.toThrow(
      'headroom.io/schedule',
    );
    workspace.clear();
    await expect(action.handler(contextOf(annotated).context)).rejects.toThrow(
      'one of them must say the hours',
    );
    expect(scaling.createPolicy).not.toHaveBeenCalled();
  });
});
