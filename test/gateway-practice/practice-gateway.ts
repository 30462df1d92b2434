import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { type WebSocket, WebSocketServer } from 'ws';

import { Approvals, OperatorSide } from './approvals.ts';
import { type Challenge, judgeConnect, type WireError } from './connect-verdict.ts';
import { type Device, DeviceBook } from './device-book.ts';
import { execOnNode, type ExecOptions, type ExecResult } from './exec-call.ts';
import { currentHello, olderHello } from './hello.ts';
import { type InvokeOptions, type InvokeOutcome, type NodeEvent, NodeLink } from './node-link.ts';
import { checkRequest, type Request } from './protocol-check.ts';
import type { Certificate } from './self-signed-certificate.ts';

export interface PracticeGatewayOptions {
  /** 0: any free one. */
  readonly port?: number;
  readonly sharedToken?: string;
  readonly hello?: 'current' | 'older';
  /** Serves `wss://` with it. */
  readonly certificate?: Certificate;
  /** What an earlier gateway knew: given, this one is that gateway after a restart. */
  readonly book?: DeviceBook;
  /** Who hears of an approval: as on current gateways, those who follow its session; or every operator. */
  readonly approvalsHeardBy?: 'sessions' | 'everybody';
  readonly tickIntervalMs?: number;
  /** Whether a node is asked for bins, and greeted with a notification, once its commands are approved. */
  readonly probes?: boolean;
  /** What it answers to `skills.bins`. */
  readonly skillBins?: readonly unknown[];
  /** What to answer to a connect instead of judging it. Undefined: judge it. */
  readonly refuse?: (attempt: number) => WireError | undefined;
  /** Takes a new connection over: no challenge is sent, nothing is understood. */
  readonly takeOver?: (socket: WebSocket) => void;
  /** Changes a hello on its way out. */
  readonly alterHello?: (hello: Record<string, unknown>) => unknown;
}

interface GatewayEvents {
  /** A node is connected, its hello sent. */
  node: [node: NodeLink];
  /** A connect was refused. */
  refused: [error: WireError];
}

const MAX_PAYLOAD = 26_214_400;
const MAX_PAYLOAD_BEFORE_HELLO = 65_536;
const CODE_LIFE_MS = 10 * 60_000;

/** Speaks the recorded protocol to nodes, and does for a test what an operator or an agent would do. */
export class PracticeGateway extends EventEmitter<GatewayEvents> {
  readonly url: string;
  readonly sharedToken: string;
  readonly book: DeviceBook;
  /** WebSockets that were opened. */
  connections = 0;
  /** HTTP requests that arrived, upgrades included: the first thing that a client sends. */
  requests = 0;
  /** Connects that were answered, yes or no. */
  attempts = 0;
  readonly #options: PracticeGatewayOptions;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly approvals: Approvals;
  readonly #nodes = new Map<NodeLink, WebSocket>();
  readonly #operators = new Map<OperatorSide, WebSocket>();
  readonly #violations: string[] = [];
  readonly #bootId = randomUUID();
  readonly #ticking: NodeJS.Timeout;

  constructor(server: Server, url: string, options: PracticeGatewayOptions) {
    super();
    this.url = url;
    this.#options = options;
    this.#server = server;
    this.sharedToken = options.sharedToken ?? randomUUID();
    this.book = options.book ?? new DeviceBook();
    this.approvals = new Approvals(options.approvalsHeardBy ?? 'sessions');
    this.#sockets = new WebSocketServer({ server, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
    server.on('upgrade', () => (this.requests += 1));
    server.on('request', () => (this.requests += 1));
    // A client that does not like the certificate hangs up on it.
    server.on('tlsClientError', () => undefined);
    this.#sockets.on('connection', (socket) => this.#welcome(socket));
    this.#ticking = setInterval(() => this.tick(), this.#tickIntervalMs);
  }

  /** `openclaw qr --setup-code-only` */
  setupCode(
    extra: { expiresAtMs?: number; url?: string; urls?: string[]; tlsFingerprint?: string } = {},
  ): string {
    const expiresAtMs = extra.expiresAtMs ?? Date.now() + CODE_LIFE_MS;
    const bootstrapToken = this.book.newCode(expiresAtMs);
    return Buffer.from(JSON.stringify({ url: this.url, bootstrapToken, expiresAtMs, ...extra })).toString(
      'base64url',
    );
  }

  /** `openclaw devices approve <id>`; without an id, of the only device that waits. */
  approveDevice(requestId?: string): void {
    const device = this.#only(
      (known) => !known.approved && (requestId ?? known.requestId) === known.requestId,
    );
    device.approved = true;
    device.requestId = null;
  }

  /** `openclaw nodes approve <id>`; without an id, of the only node that waits. */
  approveCommands(requestId?: string): void {
    const waits = (known: Device): boolean => known.commandsRequestId !== null;
    const device = this.#only(
      (known) => waits(known) && (requestId ?? known.commandsRequestId) === known.commandsRequestId,
    );
    const resolved = {
      requestId: device.commandsRequestId,
      nodeId: device.deviceId,
      decision: 'approved',
      ts: Date.now(),
    };
    device.commandsRequestId = null;
    device.commandsApproved = true;
    const node = this.#nodeOf(device);
    node?.sendEvent('node.pair.resolved', resolved);
    if (node !== undefined) this.#probe(node);
  }

  /** `openclaw devices approve <id>` for the second role of the only device. */
  approveOperator(): void {
    const device = this.#only((known) => known.operatorRequestId !== null);
    device.operatorApproved = true;
    device.operatorRequestId = null;
  }

  /** `openclaw devices revoke --role operator`: the first role stays. */
  revokeOperator(): void {
    const device = this.#only(() => true);
    device.operatorToken = null;
    device.operatorApproved = false;
    this.cutOperators();
  }

  cutOperators(): void {
    for (const socket of this.#operators.values()) socket.terminate();
  }

  /** An event to every operator, whatever it is. */
  tellOperators(event: string, payload: object): void {
    for (const socket of this.#operators.values())
      socket.send(JSON.stringify({ type: 'event', event, payload }));
  }

  get operators(): number {
    return this.#operators.size;
  }

  /** `openclaw devices remove <deviceId>` */
  removeDevice(): void {
    const device = this.#only(() => true);
    this.book.remove(device.deviceId);
    this.#disconnect(device, 'device removed');
  }

  /** `openclaw devices revoke`: the device stays, its token does not. */
  revokeToken(): void {
    const device = this.#only(() => true);
    device.token = null;
    this.#disconnect(device, 'device token revoked');
  }

  /** The next hello brings another token; the old one opens the door until then. */
  rotateTokenAtNextHello(): void {
    this.#rotating = true;
  }
  #rotating = false;

  /** The node that is connected, or the next one to be. */
  async connected(): Promise<NodeLink> {
    const [node] = this.#nodes.keys();
    if (node !== undefined) return node;
    return new Promise((resolve) => this.once('node', resolve));
  }

  async invoke(command: string, params: unknown, options?: InvokeOptions): Promise<InvokeOutcome> {
    return (await this.connected()).invoke(command, params, options);
  }

  /** An agent's call of its `exec` tool, to the text that the agent reads. */
  async exec(command: string, options?: ExecOptions): Promise<ExecResult> {
    const node = await this.connected();
    const ask = (request: Readonly<Record<string, unknown>>) =>
      this.approvals.ask({ host: 'node', nodeId: node.device.deviceId, ...request });
    return execOnNode(node, command, options, ask);
  }

  /** Nodes that are connected now. */
  get open(): number {
    return this.#nodes.size;
  }

  /** Of the node that is connected. */
  get events(): readonly NodeEvent[] {
    return [...this.#nodes.keys()].flatMap((node) => node.events);
  }

  tick(): void {
    for (const node of this.#nodes.keys()) node.sendEvent('tick', { ts: Date.now() });
  }

  /** Something that need not even be a frame, to every node. */
  sendRaw(data: string | Buffer): void {
    for (const socket of this.#nodes.values()) socket.send(data);
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /**
   * Resolves when the port is free again.
   * @throws when a frame arrived that the official schema does not allow.
   */
  async stop(): Promise<void> {
    clearInterval(this.#ticking);
    this.cut();
    this.#sockets.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    const violations = this.#violations.splice(0);
    if (violations.length > 0) throw new Error(`frames against the schema: ${violations.join('; ')}`);
  }

  #welcome(socket: WebSocket): void {
    // The library reports what a peer did wrong here; the close that follows is what counts.
    socket.on('error', () => undefined);
    this.connections += 1;
    if (this.#options.takeOver !== undefined) {
      this.#options.takeOver(socket);
      return;
    }
    const challenge = { nonce: randomUUID(), ts: Date.now() };
    const send = (frame: object): void => socket.send(JSON.stringify(frame));
    let node: NodeLink | OperatorSide | undefined;
    socket.on('message', (data: Buffer) => {
      if (node === undefined && data.length > MAX_PAYLOAD_BEFORE_HELLO) {
        socket.close(1009, 'preauth payload too large');
        return;
      }
      const checked = checkRequest(JSON.parse(data.toString('utf8')));
      if ('violation' in checked) {
        this.#violations.push(checked.violation);
        socket.close(1008, 'invalid frame');
      } else if (node !== undefined) node.take(checked.request);
      else node = this.#connect(checked.request, challenge, socket, send);
    });
    socket.on('close', () => {
      if (node === undefined) return;
      if (node instanceof OperatorSide) {
        this.#operators.delete(node);
        node.stop();
        return;
      }
      this.#nodes.delete(node);
      node.lost();
    });
    send({ type: 'event', event: 'connect.challenge', payload: { ...challenge, capabilities: [] } });
  }

  #connect(request: Request, challenge: Challenge, socket: WebSocket, send: (frame: object) => void) {
    const nowMs = Date.now();
    const { book, sharedToken } = this;
    const refused = this.#options.refuse?.(this.attempts);
    this.attempts += 1;
    const verdict = refused
      ? { error: refused }
      : judgeConnect(request.params, challenge, { book, sharedToken, nowMs });
    if ('error' in verdict) {
      send({ type: 'res', id: request.id, ok: false, error: verdict.error });
      socket.close(verdict.error.code === 'UNAVAILABLE' ? 1013 : 1008, verdict.error.message);
      this.emit('refused', verdict.error);
      return undefined;
    }

    const { device, method, commands, role } = verdict;
    if (role === 'operator') return this.#welcomeOperator(request, device, socket, send);
    const deviceToken = this.#rotating ? book.rotateToken(device, nowMs) : book.issueToken(device, nowMs);
    this.#rotating = false;
    book.declare(device, commands);
    const build = this.#options.hello === 'older' ? olderHello : currentHello;
    const hello = build({
      bootId: this.#bootId,
      connId: randomUUID(),
      method,
      role,
      deviceToken,
      issuedAtMs: device.issuedAtMs,
      tickIntervalMs: this.#tickIntervalMs,
    });
    const node = new NodeLink(device, send, this.#options.skillBins);
    this.#nodes.set(node, socket);
    send({ type: 'res', id: request.id, ok: true, payload: this.#options.alterHello?.(hello) ?? hello });
    this.emit('node', node);
    if (device.commandsApproved) this.#probe(node);
    return node;
  }

  #welcomeOperator(request: Request, device: Device, socket: WebSocket, send: (frame: object) => void) {
    const operator = new OperatorSide(this.approvals, send);
    this.#operators.set(operator, socket);
    const payload = currentHello({
      ...{
        bootId: this.#bootId,
        connId: randomUUID(),
        method: 'device-token',
        role: 'operator',
        issuedAtMs: 1,
      },
      deviceToken: this.book.issueOperatorToken(device),
      tickIntervalMs: this.#tickIntervalMs,
    });
    send({ type: 'res', id: request.id, ok: true, payload });
    return operator;
  }

  #probe(node: NodeLink): void {
    if (this.#options.probes === false) return;
    void node.invoke('system.which', { bins: ['op', 'git', 'gh', 'jq'] });
    if (node.device.greeted) return;
    node.device.greeted = true;
    const body = 'Test Mac connected to OpenClaw.';
    void node.invoke('system.notify', {
      title: 'Node connected',
      body,
      priority: 'active',
      delivery: 'auto',
    });
  }

  #disconnect(device: Device, reason: string): void {
    for (const [node, socket] of this.#nodes) if (node.device === device) socket.close(4001, reason);
  }

  #nodeOf(device: Device): NodeLink | undefined {
    return [...this.#nodes.keys()].find((node) => node.device === device);
  }

  #only(fits: (device: Device) => boolean): Device {
    const [device, ...others] = this.book.devices.filter(fits);
    if (device === undefined || others.length > 0) throw new Error('there is not exactly one such device');
    return device;
  }

  get #tickIntervalMs(): number {
    return this.#options.tickIntervalMs ?? 15_000;
  }
}

/** Listens on 127.0.0.1 when it resolves. */
export async function startPracticeGateway(options: PracticeGatewayOptions = {}): Promise<PracticeGateway> {
  const { certificate } = options;
  const server: Server = certificate === undefined ? createHttpServer() : createHttpsServer(certificate);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return new PracticeGateway(server, `${certificate ? 'wss' : 'ws'}://127.0.0.1:${port}`, options);
}
