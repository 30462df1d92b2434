import type { Clipboard, Dialog, GlobalShortcut } from 'electron';

import type { IpcServer } from '../ipc/ipc-server.ts';
import type { Language } from '../ipc/values.ts';
import { type Listen, NearbyGateways } from '../nearby/nearby-gateways.ts';
import { StateError } from '../state/state-error.ts';
import { displayString } from '../text/display.ts';
import { askToUnpair } from './ask-to-unpair.ts';
import { authorityHandlers } from './authority-handlers.ts';
import type { Core } from './core.ts';
import { announceEdits } from './edit-notices.ts';
import { EditsController } from './edits-controller.ts';
import { forNowHandlers } from './for-now-handlers.ts';
import { incidentHandlers } from './incident-handlers.ts';
import { noticeBody } from './notice-body.ts';
import type { OpenWindow } from './open-window.ts';
import { onceATurn, paced } from './paced.ts';
import { PairingDraft } from './pairing-draft.ts';
import { pairingHandlers } from './pairing-handlers.ts';
import { PlainWindow } from './plain-window.ts';
import type { CodeSignatures } from './platform/code-signatures.ts';
import type { LoginItem } from './platform/login-item.ts';
import type { Notice, ShownNotice } from './platform/notices.ts';
import { PauseShortcut } from './platform/pause-shortcut.ts';
import type { TouchId } from './platform/touch-id.ts';
import { PromptController } from './prompt-controller.ts';
import { PromptWindow } from './prompt-window.ts';
import { withTouchId } from './proof-of-looser.ts';
import { proofByTouchId } from './proof-of-person.ts';
import { ruleNotesHandlers, ruleNotesView } from './rule-notes-handlers.ts';
import { runsSetting } from './runs-setting.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { skillHandlers, viewSkills } from './skill-handlers.ts';
import { stopSetting } from './stop-setting.ts';
import { touchIdSetting } from './touch-id-setting.ts';
import { brokenTray, type TrayAction, type TrayModel, trayModel } from './tray-menu.ts';
import { unsignedPrograms } from './unsigned-programs.ts';
import { viewDraft, viewGateways } from './views/gateways-view.ts';
import { pairingView } from './views/pairing-view.ts';
import { settingsView } from './views/settings-view.ts';
import { WaitingNotice } from './waiting-notice.ts';
import { wordsFor } from './words.ts';

/** Everything of the system that the app uses, given from outside. */
export interface Surroundings {
  readonly ipc: IpcServer;
  readonly open: OpenWindow;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>;
  /** Asks where to, and writes. Resolves to whether it was saved. */
  readonly saveText: (name: string, text: string) => Promise<boolean>;
  readonly loginItem: LoginItem | null;
  /** The PATH of runs where the settings name none. */
  readonly usualPath: string;
  readonly sensor: TouchId;
  /** Hears gateways on the network, while it is asked to. */
  readonly listen: Listen;
  readonly showTray: (model: TrayModel) => void;
  readonly notify: (notice: Notice) => ShownNotice;
  /** Null where programs are not signed. */
  readonly signatures: CodeSignatures | null;
  readonly quit: () => void;
  /** Something that the person asked for failed where no window waits for the answer. */
  readonly logFailure: (what: string, error: unknown) => void;
  readonly language: Language;
  readonly version: string;
  readonly deviceName: string;
}

export interface RunningApp {
  /** What a person who starts the app again, or clicks its icon, wants to see. */
  readonly reveal: () => void;
  /** A link that was opened elsewhere: it fills the pairing form, and does nothing by itself. */
  readonly openLink: (link: string) => void;
  readonly act: (action: TrayAction) => void;
  /** After an error that nobody expected: denies what waits, and says so in the menu bar. */
  readonly fail: () => void;
  /** Denies what waits, ends what runs, closes the windows. */
  readonly end: () => Promise<void>;
}

/** How often the menu bar and the windows that only tell follow a burst. */
const APART_MS = 50;

/** Puts windows and tray on the core, and keeps them in step with it. */
export function runApp(core: Core, surroundings: Surroundings): RunningApp {
  const { ipc, open, dialog, loginItem, language, version, deviceName } = surroundings;
  const words = wordsFor(language);
  const copy = async (text: string) => surroundings.clipboard.writeText(text);
  const formatTime = (ms: number) =>
    new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(ms);
  const pairing = new PlainWindow('pairing', open, { closed: () => draft.clear() });
  const settings = new PlainWindow('settings', open, { focus: (focused) => edits.focus(focused) });
  const incidentWindow = new PlainWindow('incident', open);
  const attempt = (what: string, work: () => Promise<unknown>) => {
    work().catch((error: unknown) => surroundings.logFailure(what, error));
  };
  /** Where no window waits for the answer, a stop that a restart would undo is said by a notice. */
  const stopping = async (stop: () => Promise<void>) => {
    try {
      await stop();
    } catch (error) {
      if (error instanceof StateError)
        surroundings.notify({ title: words.stop.notKept, body: words.stop.notKeptBody });
      throw error;
    }
  };
  let settingsRevision = 0;
  let broken = false;

  const clocks = { steady: () => performance.now(), wall: () => Date.now() };
  const waiting = new WaitingNotice({
    words,
    clocks,
    formatTime,
    notify: surroundings.notify,
    reveal: () => prompts.reveal(),
  });
  const prompts: PromptController = new PromptController({
    core,
    clocks,
    unseen: (prompt) => waiting.unseen(prompt),
    later: (prompt) =>
      surroundings.signatures === null
        ? Promise.resolve([])
        : unsignedPrograms(prompt, surroundings.signatures),
    proof: proofByTouchId(surroundings.sensor, () => core.settings.current.touchId, words.touchReasons),
    language,
    copy,
    surface: {
      show: () => promptWindow.show(),
      hide: () => promptWindow.hide(),
      fit: (heightPx) => promptWindow.fit(heightPx),
      tell: (board) => ipc.notify('prompt', 'changed', board),
    },
  });
  let surface: { detach(): void } | null = null;
  const promptWindow = new PromptWindow(open, {
    // Before there is a window that can show a question, the core must not think that somebody could be asked.
    ready: () => (surface ??= core.attachSurface()),
    focus: (focused) => prompts.focus(focused),
    lost: () => prompts.windowLost(),
  });

  const touch = touchIdSetting({
    sensor: surroundings.sensor,
    settings: core.settings,
    reason: words.touchReasons.setting,
    changed: () => tellSettings(),
  });
  const withProof = withTouchId({
    sensor: surroundings.sensor,
    settings: core.settings,
    reason: words.touchReasons.policy,
  });
  const edits = new EditsController(core.edits, {
    withProof,
    clocks: { steady: () => performance.now(), wall: () => Date.now() },
    tell: () => tellSettings(),
  });
  const draft = new PairingDraft({
    preview: (setupCode) => core.gateways.preview(setupCode),
    nearby: new NearbyGateways(surroundings.listen),
    changed: () => tellPairing(),
  });
  let pairingRevision = 0;
  const viewPairing = () => {
    pairingRevision += 1;
    const own = { language, deviceName, revision: pairingRevision, adding: draft.adding };
    return pairingView(core.snapshot(), { ...own, draft: viewDraft(draft, core.gateways.choice) });
  };
  const tellPairing = () => {
    if (pairing.isOpen) ipc.notify('pairing', 'changed', viewPairing());
  };
  const stop = stopSetting({
    settings: core.settings,
    shortcut: new PauseShortcut(surroundings.shortcuts, () =>
      attempt('pause', () => stopping(() => core.pause())),
    ),
    openIncident: () => incidentWindow.show(),
    changed: () => tellSettings(),
  });
  const runs = runsSetting({
    settings: core.settings,
    usualPath: surroundings.usualPath,
    sensor: surroundings.sensor,
    reason: words.touchReasons.loosen,
    changed: () => tellSettings(),
  });
  const incident = incidentHandlers({
    halt: core.halt,
    incidents: core.incidents,
    language,
    copy,
    save: surroundings.saveText,
    changed: () => tellIncident(),
  });
  const tellIncident = () => {
    if (!incidentWindow.isOpen) return;
    attempt('incident', async () => ipc.notify('incident', 'changed', await incident.view()));
  };
  const viewSettings = async () => {
    const policy = await core.policy.read();
    settingsRevision += 1;
    const rest = {
      language,
      version,
      openAtLogin: loginItem?.enabled ?? null,
      touchId: touch.view,
      gateways: viewGateways(core.gateways),
      skills: viewSkills(core.skills),
      stop: stop.view(core.halt.contained),
      runs: await runs.view(),
      revision: settingsRevision,
      edits: edits.view,
      ruleNotes: ruleNotesView(await core.ruleNotes.now()),
    };
    return settingsView(core.snapshot(), policy, rest);
  };
  const tellSettings = () => {
    if (!settings.isOpen) return;
    attempt('settings', async () => ipc.notify('settings', 'changed', await viewSettings()));
  };

  ipc.serve('prompt', prompts.handlers);
  ipc.serve(
    'pairing',
    pairingHandlers({
      core,
      draft,
      view: viewPairing,
      copy,
      close: () => pairing.close(),
      openSettings: () => settings.show(),
    }),
  );
  ipc.serve('settings', {
    ...forNowHandlers(core.answers),
    ...settingsHandlers({
      core,
      withProof,
      view: viewSettings,
      edits: { ...edits.handlers, ...ruleNotesHandlers(core.ruleNotes, withProof, () => tellSettings()) },
      loginItem,
      copy,
      openPairing: () => pairing.show(),
      addGateway: () => {
        draft.add();
        pairing.show();
      },
      changed: tellSettings,
    }),
    ...touch.handlers,
    ...skillHandlers(core.skills, withProof),
    ...stop.handlers,
    ...runs.handlers,
    ...authorityHandlers({
      core,
      sensor: surroundings.sensor,
      copy,
      reason: words.touchReasons.trust,
    }),
  });
  ipc.serve('incident', incident.handlers);

  const tellRest = paced(() => {
    if (broken) return;
    surroundings.showTray(trayModel(core.snapshot(), words, formatTime));
    tellPairing();
    tellSettings();
  }, APART_MS);
  const update = () => {
    if (broken) return;
    prompts.update(core.snapshot());
    edits.update();
    tellRest();
  };
  core.on('prompt-closed', (prompt, outcome) => {
    waiting.over(prompt);
    prompts.closed(prompt, outcome);
  });
  core.on('stopped', (run) => prompts.stopped(run));
  // Of many questions that end in one turn none is shown that is over already.
  core.on('changed', onceATurn(update));
  core.on('notice', ({ from, title, body }) => {
    // The words are the gateway's; the title is ours and says so.
    surroundings.notify({
      title: words.notice(displayString(from)),
      body: noticeBody(title, body),
    });
  });
  announceEdits(core.edits, words, surroundings.notify);
  update();
  if (core.snapshot().state === 'unpaired') pairing.show();

  const actions: Readonly<Record<TrayAction, () => unknown>> = {
    'show-prompt': () => prompts.reveal(),
    'show-edits': () => settings.show(),
    'end-quiet': () => core.answers.quiet.endAll(),
    pause: () => stopping(() => core.pause()),
    'pause-and-end': () => stopping(() => core.halt.pause('end')),
    resume: () => core.resume(),
    contain: async () => {
      incidentWindow.show();
      await stopping(() => core.halt.contain()).finally(tellIncident);
    },
    'open-incident': () => incidentWindow.show(),
    'open-settings': () => settings.show(),
    'open-pairing': () => pairing.show(),
    unpair: () => askToUnpair({ core, dialog, words, copy }),
    quit: surroundings.quit,
  };

  return {
    reveal: () => (core.snapshot().prompts.length > 0 ? prompts.reveal() : settings.show()),
    openLink: (link) => {
      if (draft.open(link)) pairing.show();
    },
    act: (action) =>
      attempt(action, async () => {
        await actions[action]();
      }),
    fail: () => {
      core.closePrompts('surface-gone');
      prompts.update(core.snapshot());
      broken = true;
      surroundings.showTray(brokenTray(words));
      attempt('stop', () => core.stop());
    },
    end: async () => {
      core.closePrompts('quit');
      promptWindow.dispose();
      await core.stop();
      surface?.detach();
    },
  };
}
