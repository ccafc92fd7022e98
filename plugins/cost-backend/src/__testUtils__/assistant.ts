import { AddressInfo } from 'node:net';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { JsonObject } from '@backstage/types';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CostBackendOptions, startCostServer } from './backend';

/** What an assistant was answered. */
export interface ToolAnswer {
  /** What the tool found; of an error nothing. */
  output: any;
  /** The error as the assistant reads it. */
  error?: string;
}

const connected: Client[] = [];

afterAll(async () => {
  await Promise.all(connected.map(client => client.close()));
});

/** An assistant that is connected to a back end over MCP, as one user. */
export async function connectAssistant(options: CostBackendOptions) {
  const server = await startCostServer({
    ...options,
    rootConfig: { backend: { actions: { pluginSources: ['cost'] } } },
    features: [
      mcpPlugin,
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      ...(options.features ?? []),
    ],
  });
  const { port } = server.address() as AddressInfo;
  const client = new Client({ name: 'test', version: '1' });
  connected.push(client);
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`),
      {
        requestInit: {
          headers: { Authorization: mockCredentials.user.header() },
        },
      },
    ),
  );
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (tool: string, input: JsonObject): Promise<ToolAnswer> => {
      const answer = await client.callTool({
        name: `cost.${tool}`,
        arguments: input,
      });
      const [{ text }] = answer.content as Array<{ text: string }>;
      return answer.isError
        ? { output: undefined, error: text }
        : { output: JSON.parse(text) };
    },
  };
}
