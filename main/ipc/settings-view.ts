import { z } from 'zod';

import { touchIdLevel } from '../state/touch-id-level.ts';
import { displayText } from '../text/display-text.ts';
import { authorityView } from './authority-view.ts';
import { editsView } from './edits-view.ts';
import { forNowView } from './for-now-view.ts';
import { gatewaysView } from './gateways-view.ts';
import { ruleNotesView } from './rule-notes-view.ts';
import { runsView } from './runs-view.ts';
import { skillsView } from './skills-view.ts';
import { stopView } from './stop-view.ts';
import { language, wallClockMs } from './values.ts';

const security = z.enum(['deny', 'allowlist', 'full']);
const ask = z.enum(['off', 'on-miss', 'always']);

/** Null: not set here, the one above it counts. */
const modes = z.strictObject({
  security: security.nullable(),
  ask: ask.nullable(),
  askFallback: security.nullable(),
});

const rule = z.strictObject({
  id: z.string(),
  pattern: displayText,
  /** A regular expression over the arguments; null: any arguments. */
  argPattern: displayText.nullable(),
  lastUsedAtMs: wallClockMs.nullable(),
  lastUsedCommand: displayText.nullable(),
});

/** The rules of one agent. `*` holds for every agent. */
const agentPolicy = z.strictObject({
  id: z.string(),
  name: displayText,
  modes,
  /** What counts for this agent after all is combined. */
  effective: z.strictObject({ security, ask, askFallback: security }),
  rules: z.array(rule),
});

/** All that the settings window shows. */
export const settingsView = z.strictObject({
  revision: z.int(),
  language,
  version: z.string(),
  connection: z.strictObject({
    state: z.enum([
      'unpaired',
      'attention',
      'paused',
      'awaiting-approval',
      'connecting',
      'offline',
      'connected',
    ]),
    detail: displayText.nullable(),
    gateway: z.strictObject({ name: displayText, address: displayText, deviceId: z.string() }).nullable(),
    commandsApproved: z.boolean().nullable(),
    running: z.int().nonnegative(),
  }),
  gateways: gatewaysView,
  authority: authorityView,
  skills: skillsView,
  policy: z.strictObject({
    /** Names the file that is shown. An edit carries it, and counts only while the file is still that one. */
    hash: z.string(),
    /** The file cannot be read: the last good policy counts, one step stricter, and nothing can be edited. */
    degraded: z.boolean(),
    defaults: modes,
    effective: z.strictObject({ security, ask, askFallback: security }),
    agents: z.array(agentPolicy),
  }),
  ruleNotes: ruleNotesView,
  edits: editsView,
  forNow: forNowView,
  /** Null where the system offers none. */
  openAtLogin: z.boolean().nullable(),
  stop: stopView,
  runs: runsView,
  /** Null where this Mac has none. */
  touchId: touchIdLevel.nullable(),
});

export type SettingsView = z.infer<typeof settingsView>;
export type AgentPolicyView = z.infer<typeof agentPolicy>;
export type RuleView = z.infer<typeof rule>;
export type ModesView = z.infer<typeof modes>;

const baseHash = z.string();
/** Null: the defaults. */
const agentId = z.string().min(1).max(256).nullable();

/** Replaces the three words of one agent or of the defaults. */
export const modesEdit = z.strictObject({ baseHash, agentId, modes });
/** Whether commands of skills may be ticked, for all agents. */
export const skillsEdit = z.strictObject({ baseHash, wanted: z.boolean() });
export const ruleRemoval = z.strictObject({ baseHash, agentId: agentId.unwrap(), ruleId: z.string().min(1) });
export const ruleAddition = z.strictObject({
  baseHash,
  agentId: agentId.unwrap(),
  pattern: z.string().min(1).max(4096),
  argPattern: z.string().min(1).max(4096).nullable(),
});
