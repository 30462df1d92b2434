import { z } from 'zod';

import { deniedAnswer } from '../prompt/answer-input.ts';
import { touchIdLevel } from '../state/touch-id-level.ts';
import { displayText } from '../text/display-text.ts';
import { operatorInput } from './authority-view.ts';
import { editDecision, editRef } from './edits-view.ts';
import { fingerprintText, gatewayMove, pairingPeek } from './gateways-view.ts';
import { incidentView, period } from './incident-view.ts';
import { pairingView, pairInput } from './pairing-view.ts';
import { choice, promptBoard } from './prompt-view.ts';
import { neverEdit, ruleRenewal } from './rule-notes-view.ts';
import { runChoices } from './runs-view.ts';
import { modesEdit, ruleAddition, ruleRemoval, settingsView, skillsEdit } from './settings-view.ts';
import { skillTick } from './skills-view.ts';
import { stopChoices, unpairedView } from './stop-view.ts';
import { sha256 } from './values.ts';
import { waitingList } from './waiting-view.ts';

/** A call from a window, answered by main. */
interface Invoke<A extends z.ZodType, R extends z.ZodType> {
  readonly kind: 'invoke';
  readonly argument: A;
  readonly result: R;
}

/** News from main for a window. */
interface Notify<P extends z.ZodType> {
  readonly kind: 'notify';
  readonly payload: P;
}

const invoke = <A extends z.ZodType, R extends z.ZodType>(argument: A, result: R): Invoke<A, R> => ({
  kind: 'invoke',
  argument,
  result,
});
const notify = <P extends z.ZodType>(payload: P): Notify<P> => ({ kind: 'notify', payload });

const nothing = z.undefined();
/** A window names a question; what it is about never leaves main. */
const promptRef = z.strictObject({ id: z.string().min(1), digest: sha256 });

/** Decisions about the gateway that is served, in every window that shows what they are about. */
const gatewayChoiceCalls = {
  acceptCertificate: invoke(fingerprintText, nothing),
  acceptListener: invoke(sha256, nothing),
  offerCommands: invoke(nothing, nothing),
};
const gatewayCalls = {
  /** Opens the pairing window for one more. */
  addGateway: invoke(nothing, nothing),
  switchGateway: invoke(z.uuid(), nothing),
  removeGateway: invoke(z.uuid(), unpairedView),
  moveGateway: invoke(gatewayMove, nothing),
};
const authorityCalls = {
  /** That a yes given elsewhere counts needs Touch ID, where the person has not switched that off. */
  trustGatewayApprovals: invoke(z.boolean(), nothing),
  enableOperator: invoke(operatorInput, nothing),
  disableOperator: invoke(nothing, nothing),
  copyOperatorCommand: invoke(nothing, nothing),
  showOtherHosts: invoke(z.boolean(), nothing),
};
const pairingDraftCalls = {
  /** Where a setup code leads. Nobody is contacted. */
  peek: invoke(z.string().min(1).max(8192), pairingPeek),
  /** Pairs by the link that is shown: the person has seen its address. */
  pairLink: invoke(z.strictObject({ link: z.uuid(), pinWhenTrusted: z.boolean() }), nothing),
  /** Puts the link away and fills the form by hand. */
  dropLink: invoke(nothing, nothing),
  /** Looks for gateways on the network, or stops to. */
  look: invoke(z.boolean(), nothing),
};

/**
 * All that a window can say to main and hear from it, by the window's role. Channel names, the preload's surface, the
 * types of `latchkey` in each window and the tests are derived from this object; nothing of it is written twice.
 *
 * A window asks for its snapshot once (`current`), then receives whole ones (`changed`); one with an older revision
 * than the last is to be ignored.
 */
export const contract = {
  prompt: {
    current: invoke(nothing, promptBoard),
    changed: notify(promptBoard),
    /** The end of the command was in view. Until this was said, no Allow counts. */
    read: invoke(promptRef, nothing),
    decide: invoke(
      z.discriminatedUnion('decision', [
        promptRef.extend({ decision: choice.exclude(['deny']) }),
        promptRef.extend({ decision: z.literal('deny'), ...deniedAnswer }),
      ]),
      nothing,
    ),
    /** What waits behind the question, for reading. */
    waiting: invoke(nothing, waitingList),
    /** Denies everything that waits, the question that is shown included. */
    denyAll: invoke(nothing, nothing),
    /** Copies exactly what would run, secrets included. */
    copyCommand: invoke(promptRef, nothing),
    /** The text behind a mask that the person pressed, for as long as the window shows it. */
    revealSecret: invoke(promptRef.extend({ secret: z.int().nonnegative() }), displayText),
    /** Puts away a question that is over. For one that is open it means deny. */
    dismiss: invoke(promptRef, nothing),
    /** How high the window has to be to show all of it, in CSS pixels; main keeps it within the screen. */
    fit: invoke(z.strictObject({ heightPx: z.int().positive().max(20_000) }), nothing),
  },
  pairing: {
    current: invoke(nothing, pairingView),
    changed: notify(pairingView),
    /** Resolves when the gateway took it or said what it waits for; fails with a sentence for a person. */
    pair: invoke(pairInput, nothing),
    cancel: invoke(nothing, nothing),
    copyCommand: invoke(nothing, nothing),
    close: invoke(nothing, nothing),
    openSettings: invoke(nothing, nothing),
    ...pairingDraftCalls,
    ...gatewayChoiceCalls,
  },
  settings: {
    current: invoke(nothing, settingsView),
    changed: notify(settingsView),
    editModes: invoke(modesEdit, nothing),
    wantSkills: invoke(skillsEdit, nothing),
    addRule: invoke(ruleAddition, nothing),
    removeRule: invoke(ruleRemoval, nothing),
    /** The end of the edit that waits was in view. Until this was said, nothing of it can be approved. */
    readEdit: invoke(editRef, nothing),
    decideEdit: invoke(editDecision, nothing),
    undoEdit: invoke(editRef, nothing),
    revokeGrant: invoke(z.string().min(1), nothing),
    revokeAllGrants: invoke(nothing, nothing),
    endQuiet: invoke(z.string().min(1), nothing),
    renewRule: invoke(ruleRenewal, nothing),
    setNever: invoke(neverEdit, nothing),
    openPairing: invoke(nothing, nothing),
    setPaused: invoke(z.boolean(), nothing),
    /** What is left to do at the gateway is in the answer. */
    unpair: invoke(nothing, unpairedView),
    /** Copies the last `removeCommand`. */
    copyRemoveCommand: invoke(nothing, nothing),
    setOpenAtLogin: invoke(z.boolean(), nothing),
    /** Asking less often than now needs Touch ID itself. */
    setTouchId: invoke(touchIdLevel, nothing),
    ...gatewayChoiceCalls,
    ...gatewayCalls,
    tickSkill: invoke(skillTick, nothing),
    setStop: invoke(stopChoices, nothing),
    /** Changes what is named, and nothing else. */
    setRuns: invoke(runChoices, nothing),
    openIncident: invoke(nothing, nothing),
    ...authorityCalls,
  },
  incident: {
    current: invoke(nothing, incidentView),
    changed: notify(incidentView),
    /** Pauses, ends all that runs, disconnects; over restarts. */
    contain: invoke(nothing, nothing),
    /** Connects again. Still paused. */
    endContainment: invoke(nothing, nothing),
    setPeriod: invoke(period, nothing),
    /** Copies the command at this place of the view's list. */
    copyCommand: invoke(z.int().nonnegative(), nothing),
    /** Asks where to; false when the person did not want to after all. */
    saveReport: invoke(nothing, z.boolean()),
  },
} as const;

export type Contract = typeof contract;
export type WindowRole = keyof Contract;

/** Why a call that was let through did not do what it asked for. */
export type FailureCode =
  | 'unknown-prompt'
  | 'wrong-digest'
  | 'not-offered'
  | 'not-armed'
  | 'not-proven'
  | 'pairing-failed'
  | 'policy-changed'
  | 'policy-refused'
  | 'unknown-edit'
  | 'not-available'
  | 'not-kept'
  | 'not-saved'
  | 'bad-setting'
  | 'failed';

/** The answer to every call. `message` is a sentence for a person; no stack, no path of ours. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: FailureCode; readonly message: string };

export type Calls<R extends WindowRole> = {
  [K in keyof Contract[R]]: Contract[R][K] extends Invoke<z.ZodType, z.ZodType> ? K : never;
}[keyof Contract[R]] &
  string;
export type News<R extends WindowRole> = Exclude<keyof Contract[R], Calls<R>> & string;

export type Argument<R extends WindowRole, K extends Calls<R>> =
  Contract[R][K] extends Invoke<infer A, z.ZodType> ? z.output<A> : never;
export type Result<R extends WindowRole, K extends Calls<R>> =
  Contract[R][K] extends Invoke<z.ZodType, infer V> ? z.output<V> : never;
export type Payload<R extends WindowRole, K extends News<R>> =
  Contract[R][K] extends Notify<infer P> ? z.output<P> : never;

/** What main implements for one window role. */
export type Handlers<R extends WindowRole> = {
  readonly [K in Calls<R>]: (
    argument: Argument<R, K>,
  ) => Envelope<Result<R, K>> | Promise<Envelope<Result<R, K>>>;
};

/**
 * What a window finds as the global `latchkey`. In the window's entry: `declare const latchkey: Bridge<'prompt'>;`
 * Calls reject only when main refuses to listen at all; every other outcome is an envelope. `onX` returns a function
 * that ends the listening.
 */
export type Bridge<R extends WindowRole> = {
  readonly [K in Calls<R>]: (
    ...argument: undefined extends Argument<R, K> ? [] : [Argument<R, K>]
  ) => Promise<Envelope<Result<R, K>>>;
} & {
  readonly [K in News<R> as `on${Capitalize<K>}`]: (listener: (payload: Payload<R, K>) => void) => () => void;
};

/** The entries of one role, for code that treats all of them alike. */
export const entriesOf = (
  role: WindowRole,
): Readonly<Record<string, Invoke<z.ZodType, z.ZodType> | Notify<z.ZodType>>> => contract[role];

/** The channel of one entry, `prompt:decide`. */
export const channelOf = (role: WindowRole, name: string): string => `${role}:${name}`;
