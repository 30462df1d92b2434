import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { AgentPolicyView, ModesView, RuleView, SettingsView } from '../../main/ipc/settings-view.ts';
import { confirmed } from '../shared/confirm.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';
import { addRuleForm, type NewRule } from './add-rule.ts';
import { agentPicker } from './agent-picker.ts';
import { ForNowCard } from './for-now-card.ts';
import { inShort, isLooser, type Modes } from './modes.ts';
import { modesCard } from './modes-card.ts';
import { neverCard } from './never-card.ts';
import { patternPlate } from './pattern.ts';
import { ruleList } from './rule-list.ts';
import { ruleState } from './rule-state.ts';
import { skillsCard } from './skills-card.ts';
import { undoCard } from './undo-card.ts';
import { whoseYesCard } from './whose-yes-card.ts';

/** Where the gateway's format keeps what holds for every agent. */
const EVERYBODY = '*';

/** The policy: what may run, when Latchkey asks, and the list of what runs unasked, for all agents or for one. */
export class ApprovalsPanel {
  readonly root: HTMLElement;
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  readonly #notice = h('div', { role: 'alert' });
  readonly #forNow: ForNowCard;
  readonly #picker;
  readonly #modes = h('div');
  readonly #listHead = h('h2', { class: 'st' });
  readonly #list = h('div');
  readonly #adding: HTMLElement;
  readonly #undo;
  readonly #never;
  readonly #skills;
  readonly #whoseYes;
  #policy: SettingsView['policy'] | null = null;
  #notes: SettingsView['ruleNotes'] | null = null;
  #drawn = '';

  constructor(voice: Voice, bridge: Bridge<'settings'>) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.#forNow = new ForNowCard(voice, bridge);
    this.#picker = agentPicker(voice, () => this.#draw());
    this.#adding = h(
      'section',
      {},
      h('h2', { class: 'st' }, voice.text('addRuleTitle')),
      addRuleForm(voice, (rule) => this.#add(rule)),
    );
    this.#undo = undoCard(voice, bridge);
    this.#never = neverCard(voice, bridge, () => this.#picker.chosen);
    this.#skills = skillsCard(voice, bridge);
    this.#whoseYes = whoseYesCard(voice, bridge);
    this.root = h(
      'div',
      { class: 'panel' },
      this.#notice,
      this.#undo.root,
      h('section', {}, this.#picker.root, this.#modes),
      this.#whoseYes.root,
      this.#forNow.root,
      h('section', {}, this.#listHead, this.#list),
      this.#adding,
      this.#never.root,
      this.#skills.root,
    );
  }

  update(view: SettingsView): void {
    this.#undo.update(view);
    this.#skills.update(view);
    this.#whoseYes.update(view);
    this.#forNow.update(view.forNow);
    this.#never.update(view);
    const { policy, ruleNotes } = view;
    const next = JSON.stringify([policy, ruleNotes]);
    if (next === this.#drawn) return;
    this.#drawn = next;
    this.#policy = policy;
    this.#notes = ruleNotes;
    this.#picker.offer(policy.agents.filter(({ id }) => id !== EVERYBODY));
    this.#adding.hidden = policy.degraded;
    if (policy.degraded) this.#warn(h('p', {}, this.#voice.text('policyDegraded')));
    this.#draw();
  }

  #draw(): void {
    const policy = this.#policy;
    if (policy === null) return;
    const editable = !policy.degraded;
    const everybody = policy.agents.find(({ id }) => id === EVERYBODY);
    const agent = this.#agent(policy);
    const forAll = everybody?.effective ?? policy.effective;
    const rules = (this.#picker.chosen === null ? everybody : agent)?.rules ?? [];
    const effective = agent?.effective ?? forAll;
    keepFocus(() => {
      fill(
        this.#modes,
        modesCard(
          {
            modes: this.#storedModes(policy),
            effective,
            inherited: this.#picker.chosen === null ? null : forAll,
            editable,
          },
          this.#voice,
          (next) => void this.#edit(next, effective, forAll),
        ),
      );
      fill(
        this.#listHead,
        this.#voice.text('listTitle'),
        h(
          'span',
          { class: 'muted' },
          rules.length === 1
            ? this.#voice.text('ruleCountOne')
            : this.#voice.text('ruleCountMany', { count: rules.length }),
        ),
      );
      fill(
        this.#list,
        ruleList(rules, {
          voice: this.#voice,
          editable,
          remove: (rule) => void this.#remove(rule),
          stateOf: (rule) => this.#stateOf(rule),
        }),
      );
    });
  }

  #agent({ agents }: SettingsView['policy']): AgentPolicyView | undefined {
    return agents.find(({ id }) => id === (this.#picker.chosen ?? EVERYBODY));
  }

  /** Where the words for the chosen agent stand: those for all of them may stand in two places, and the nearer one counts. */
  #storedModes(policy: SettingsView['policy']): ModesView {
    const agent = this.#agent(policy);
    if (this.#picker.chosen === null && !saysSomething(agent?.modes)) return policy.defaults;
    return agent?.modes ?? { security: null, ask: null, askFallback: null };
  }

  #modesPlace(policy: SettingsView['policy']): string | null {
    if (this.#picker.chosen !== null) return this.#picker.chosen;
    return saysSomething(this.#agent(policy)?.modes) ? EVERYBODY : null;
  }

  async #edit(modes: ModesView, now: Modes, above: Modes): Promise<void> {
    const policy = this.#policy;
    if (policy === null) return;
    const next: Modes = {
      security: modes.security ?? above.security,
      ask: modes.ask ?? above.ask,
      askFallback: modes.askFallback ?? above.askFallback,
    };
    const voice = this.#voice;
    const sure =
      !isLooser(now, next) ||
      (await confirmed(
        {
          title: voice.text('looserTitle'),
          consequence: inShort(next).map((key) => `${voice.text(key)} `),
          yes: voice.text('looserChange'),
          no: voice.text('looserKeep'),
        },
        voice,
      ));
    if (sure) {
      const agentId = this.#modesPlace(policy);
      await this.#send(this.#bridge.editModes({ baseHash: policy.hash, agentId, modes }));
    }
    // Back to what counts; news from main brings what was changed.
    this.#draw();
  }

  #stateOf(rule: RuleView): Child {
    const notes = this.#notes;
    if (notes === null) return null;
    const { hash: baseHash } = notes;
    return ruleState(rule.id, notes, {
      voice: this.#voice,
      renew: (ruleId, sha256s) => void this.#send(this.#bridge.renewRule({ baseHash, ruleId, sha256s })),
    });
  }

  async #add({ pattern, argPattern }: NewRule): Promise<boolean> {
    if (this.#policy === null) return false;
    const agentId = this.#picker.chosen ?? EVERYBODY;
    return this.#send(this.#bridge.addRule({ baseHash: this.#policy.hash, agentId, pattern, argPattern }));
  }

  async #remove(rule: RuleView): Promise<void> {
    const voice = this.#voice;
    const sure = await confirmed(
      {
        title: voice.text('removeQuestion'),
        consequence: [patternPlate(rule.pattern, voice), ' ', voice.text('removeConsequence')],
        yes: voice.text('removeRule'),
        no: voice.text('cancel'),
      },
      voice,
    );
    if (!sure || this.#policy === null) return;
    const agentId = this.#picker.chosen ?? EVERYBODY;
    await this.#send(this.#bridge.removeRule({ baseHash: this.#policy.hash, agentId, ruleId: rule.id }));
  }

  /** Whether it was done; says why if not. */
  async #send(call: Promise<Envelope<undefined>>): Promise<boolean> {
    this.#notice.replaceChildren();
    const answer = await settled(call);
    if (answer.ok) return true;
    const changed = answer.code === 'policy-changed';
    this.#warn(changed ? h('p', {}, this.#voice.text('policyChanged')) : mainSaid(answer, this.#voice));
    return false;
  }

  #warn(text: HTMLElement): void {
    fill(this.#notice, h('div', { class: 'notice caution' }, icon('caution', 'caution'), text));
  }
}

const saysSomething = (modes: ModesView | undefined) =>
  modes !== undefined && Object.values(modes).some((word) => word !== null);
