/** The whole `openclaw.json`: one agent with the stand-in for its model, whose `exec` runs on a node. */
export function configuration(settings: {
  port: number;
  token: string;
  modelUrl: string;
  execMode: string;
  logFile: string;
}): object {
  const { port, token, modelUrl, execMode, logFile } = settings;
  const model = {
    id: 'mock',
    name: 'mock',
    contextWindow: 128_000,
    maxTokens: 4096,
    input: ['text'],
    reasoning: false,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  };
  return {
    gateway: {
      mode: 'local',
      port,
      bind: 'loopback',
      auth: { mode: 'token', token },
      // Otherwise every local connection is approved in silence, and there is nothing to see of pairing.
      nodes: { pairing: { autoApproveLocal: false } },
    },
    tools: { profile: 'full', exec: { host: 'node', mode: execMode } },
    // Its default is a folder that all gateways of this machine share.
    logging: { file: logFile },
    agents: { defaults: { model: { primary: 'mock/mock' } } },
    models: {
      providers: { mock: { baseUrl: modelUrl, apiKey: 'x', api: 'openai-completions', models: [model] } },
    },
  };
}
