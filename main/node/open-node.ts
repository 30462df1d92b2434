import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { Journal } from '../audit/journal.ts';
import { readPastRequests } from '../audit/past-requests.ts';
import { checkBeforeStart } from '../binding/check-before-start.ts';
import { checkBinding } from '../binding/check-binding.ts';
import { fail } from '../commands/answer.ts';
import { Dispatcher } from '../commands/dispatcher.ts';
import { Executions, keyFor } from '../commands/executions.ts';
import { PreparedPlans } from '../commands/prepared-plans.ts';
import { runVersions } from '../commands/run-versions.ts';
import { lookUp } from '../facts/look-up.ts';
import { openMachine } from '../facts/machine.ts';
import { fileNumbers, realPlaces } from '../facts/real-places.ts';
import { Gate } from '../halt/gate.ts';
import { CONTAINED } from '../halt/halt.ts';
import { OperatorLink } from '../operator/operator-link.ts';
import { GatewayBook } from '../pairing/gateway-book.ts';
import type { PairingRecord } from '../pairing/pairing-record.ts';
import { placesOnDisk, trustFolder } from '../pairing/trust-places.ts';
import { PolicyStore, strictest } from '../policy-files/policy-store.ts';
import { RuleNotes } from '../policy-files/rule-notes.ts';
import { systemClocks } from '../prompt/deadline.ts';
import { PromptDesk } from '../prompt/prompt-desk.ts';
import { childEnvironment, readHostIdentity } from '../run/environment.ts';
import { newRunMarker } from '../run/run-marker.ts';
import { Runs } from '../run/runs.ts';
import { startRun } from '../run/start-run.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { SkillBins } from '../skills/skill-bins.ts';
import { Marks } from '../state/marks.ts';
import { Seal } from '../state/seal.ts';
import type { Settings } from '../state/settings.ts';
import { SettingsStore } from '../state/settings-store.ts';
import { holdStateFolder } from '../state/single-instance.ts';
import { openStateFolder } from '../state/state-folder.ts';
import { STILL_LEAVING } from '../unpair/unpairing.ts';
import { VersionStore } from '../versions/version-store.ts';
import { Answers } from './answers.ts';
import { createApprovals } from './approvals.ts';
import { createCommands } from './commands.ts';
import { GatewayLink } from './gateway-link.ts';
import { Gateways } from './gateways.ts';
import { holdingsOf } from './holdings.ts';
import { createJudge } from './judge.ts';
import { LatchkeyNode } from './latchkey-node.ts';
import { openEdits } from './open-edits.ts';
import { openOperator } from './open-operator.ts';
import { openIncidents, openStop } from './open-stop.ts';
import { Reports } from './reports.ts';
import { WhoseYes } from './whose-yes.ts';

export interface NodeOptions {
  readonly stateDir: string;
  /** How a person would call this process, for whoever finds the folder in use. */
  readonly program: string;
  readonly secrets: SecretStore;
  /** The PATH of runs where the settings name none. */
  readonly path: string;
  /** Folders and files of this program: nothing in them is ever run for a gateway. */
  readonly bundle: readonly string[];
  /** Chosen on the command line: kept, as if chosen in the settings window. */
  readonly settings?: Partial<Settings> | undefined;
  /** Over what the settings say. */
  readonly displayName?: string | undefined;
  readonly dangerouslyAllowPlaintextGateway?: boolean | undefined;
  readonly dangerouslyTrustGatewayApprovals?: boolean | undefined;
  readonly dangerouslyTrustAnyLoopbackListener?: boolean | undefined;
}

/** How long an idempotency key is remembered over restarts. */
const KEYS_REMEMBERED_MS = 7 * 24 * 60 * 60_000;

/**
 * Puts the node together from its state folder. Nothing is contacted before its `start`.
 * @throws {StateError | AuditError} when the folder cannot be used safely, or another process uses it.
 */
export async function openNode(options: NodeOptions): Promise<LatchkeyNode> {
  const folder = await openStateFolder(options.stateDir);
  const instance = await holdStateFolder(folder, options.program);
  const journal = await Journal.open(join(folder, 'audit.jsonl'));
  const pairings = join(folder, 'gateways.json');
  const found = await GatewayBook.lookInto(pairings);
  const places = [...found.places, ...(await placesOnDisk(folder))].filter((name) => name !== '');
  const seal = await Seal.open(folder, options.secrets, strictest(places), found.paired);
  const marks = await Marks.open(folder, seal);
  // Who can delete the Keychain items and this folder makes a first start: what they put here is not the person's word.
  const firstFiles = options.secrets.durable ? 'asked' : 'trusted';
  const settings = await SettingsStore.open(join(folder, 'settings.json'), {
    seal,
    firstFiles,
    record: (change) => journal.append({ kind: 'settings', ...change }),
  });
  const { settings: chosen = {} } = options;
  if (Object.keys(chosen).length > 0) await settings.change(chosen, 'command-line');
  const versions = await VersionStore.open(folder, seal);
  const book = await GatewayBook.open(pairings, seal);
  const placeOf = (record: PairingRecord | null) => trustFolder(folder, book.placeOf(record));
  const policy = await PolicyStore.open(await placeOf(book.active), {
    stateFolder: folder,
    firstFiles,
    seal,
    journal,
  });
  const edits = await openEdits(policy, seal);
  const plans = new PreparedPlans();
  if (settings.problem !== null) await journal.append({ kind: 'note', text: settings.problem });
  for (const text of [seal.problem, seal.broken, book.note])
    if (text !== null) await journal.append({ kind: 'note', text });

  const path = settings.current.path ?? options.path;
  const allowPlaintext =
    options.dangerouslyAllowPlaintextGateway ?? settings.current.dangerouslyAllowPlaintextGateway;
  const host = readHostIdentity();
  const machine = await openMachine();
  const gate = new Gate({
    paused: await marks.isSet('paused'),
    contained: await marks.isSet('contained'),
  });
  const desk = new PromptDesk();
  const answers = new Answers({ desk, journal, policy, clocks: systemClocks });
  const runs = new Runs(startRun);
  const reports = new Reports();
  const executions = await restoredExecutions(journal.path);
  const operatorLink = new OperatorLink();
  const link = new GatewayLink({
    beside: operatorLink,
    book,
    secrets: options.secrets,
    displayName: options.displayName ?? settings.current.displayName ?? hostname(),
    path,
    allowPlaintext,
    listenerConsent: options.dangerouslyTrustAnyLoopbackListener === true ? 'anybody' : null,
    serve: async (record) => {
      await policy.serve(await placeOf(record));
      plans.clear();
      skills.forget();
    },
    note: (gatewayId, step, text) => {
      // The pairing itself is in the Keychain and in gateways.json; the record is told as well as it can be.
      journal.append({ kind: 'pairing', gatewayId, step, text }).catch(() => undefined);
    },
    contained: () => (gate.contained ? CONTAINED : null),
    held: async (gatewayId) => ((await marks.isSet({ unpaired: gatewayId })) ? STILL_LEAVING : null),
  });
  const gateway = () => {
    const record = link.record;
    const address = record?.addresses[0] ?? '';
    return { id: record?.gatewayId ?? '', name: record?.gatewayName ?? hostOf(address), address };
  };
  const [stateFolder = folder, ...bundle] = await realPlaces([folder, ...options.bundle]);
  const own = { bundle, files: await fileNumbers(bundle), stateFolder, keychainService: 'Latchkey' };
  const judge = createJudge({
    policy,
    grants: answers.grants,
    machine,
    path,
    home: host.home,
    own,
    gatewayId: () => gateway().id,
  });
  const forced = options.dangerouslyTrustGatewayApprovals;
  const whoseYes = new WhoseYes({ link, journal, forced });
  if (forced !== undefined)
    await journal.append({ kind: 'whose-yes', trustsGateway: forced, by: 'command-line' });
  const approvals = createApprovals({
    policy,
    originOf: (approvalId) => operator.originOf(approvalId),
    expectIn: (sessionKey) => operator.expectIn(sessionKey),
    trustGateway: () => whoseYes.trustsGateway,
  });
  // As for grants: locked, asleep, paused, no yes from before is left that a run could still come for.
  desk.on('cleared', () => {
    approvals.ledger.clear();
  });
  const operator = openOperator({
    link: operatorLink,
    desk,
    journal,
    judge,
    plans,
    gateway,
    allowPlaintext,
    ledger: approvals.ledger,
    gate: () => gate.refusal,
    isQuiet: (request) => answers.quiet.covers(request, gateway().id),
    nodeId: () => link.record?.deviceId ?? null,
    showOtherHosts: () => whoseYes.showsOtherHosts,
  });
  const locate = (name: string) => lookUp(name, { path, cwd: host.home }, machine.files);
  const commands = createCommands({
    policy,
    edits: edits.desk,
    reports,
    locate: (name) => locate(name).then((found) => found?.given ?? null),
    run: {
      desk,
      quiet: answers.quiet,
      grants: answers.grants,
      journal,
      executions,
      approvals,
      plans,
      gateway,
      home: host.home,
      gate: () => gate.refusal,
      settings: () => settings.current,
      judge,
      rememberAlways: (judged, width) => policy.allowAlways(judged, width),
      rememberMatched: (judged) => policy.rememberMatched(judged),
      policyUnchanged: async ({ policyVersion }) => (await policy.version()) === policyVersion,
      versions: runVersions(versions, () => gateway().id),
      checkBeforeStart: (binding) => checkBeforeStart(binding, machine.files, setTimeout, Date.now),
      checkBinding: (binding) => checkBinding(binding, machine.files),
      environment: ({ path, env: overrides }) =>
        childEnvironment(host, {
          path,
          passSshAgent: settings.current.passSshAgent,
          marker: newRunMarker(gateway().id),
          overrides,
        }),
      start: (spec) => runs.start(spec),
      sendEvent: (event, payload) => link.sendEvent(event, payload),
      observe: {
        finished: (run) => void reports.emit('finished', run),
        denied: (run) => void reports.emit('denied', run),
        stopped: (run) => void reports.emit('stopped', run),
      },
    },
  });
  const dispatcher = new Dispatcher(commands);
  const skills = new SkillBins({
    policy,
    files: machine.files,
    ask: () => link.ask('skills.bins', {}),
    locate,
  });
  const stop = await openStop({
    folder,
    gate,
    seal,
    marks,
    journal,
    settings,
    book,
    link,
    policy,
    desk,
    runs,
    dispatcher,
    secrets: options.secrets,
    holdings: holdingsOf({
      grants: answers.grants,
      ledger: approvals.ledger,
      operator: operatorLink,
      versions,
      serves: (gatewayId) => link.record === null || link.record.gatewayId === gatewayId,
    }),
  });
  const gateways = new Gateways({
    book,
    link,
    desk,
    runs,
    dispatcher,
    gate,
    journal,
    allowPlaintext,
    unpairing: stop.unpairing,
  });
  return new LatchkeyNode({
    ...stop,
    incidents: openIncidents(journal.path, link, stop.unpairing),
    instance,
    marks,
    journal,
    settings,
    operator,
    whoseYes,
    policy,
    seal,
    edits,
    ruleNotes: new RuleNotes(policy, machine.files, locate),
    book,
    gateways,
    skills,
    link,
    desk,
    answers,
    runs,
    dispatcher,
    gate,
    reports,
    allowPlaintext,
  });
}

/** What was asked before a restart is not asked again. */
async function restoredExecutions(journalPath: string): Promise<Executions> {
  const executions = new Executions();
  const since = new Date(Date.now() - KEYS_REMEMBERED_MS);
  for (const { request, decision, start } of await readPastRequests(journalPath, since)) {
    const { gatewayId, idempotencyKey, parametersHash } = request;
    if (idempotencyKey === null) continue;
    const refusal = decision?.text ?? 'Latchkey was restarted before this was decided: request it again';
    executions.restore(
      keyFor(gatewayId, idempotencyKey),
      parametersHash,
      start === null ? fail('SYSTEM_RUN_DENIED', refusal) : null,
    );
  }
  return executions;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
