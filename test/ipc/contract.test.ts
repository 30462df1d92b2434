import { describe, expect, it } from 'vitest';

import { channelOf, contract, entriesOf, type WindowRole } from '../../main/ipc/contract.ts';

const roles = Object.keys(contract) as WindowRole[];
const channels = roles.flatMap((role) =>
  Object.entries(entriesOf(role)).map(([name, { kind }]) => `${kind} ${channelOf(role, name)}`),
);

describe('the contract', () => {
  it('is exactly this surface: a window can say and hear nothing else', () => {
    expect(channels).toEqual([
      'invoke prompt:current',
      'notify prompt:changed',
      'invoke prompt:read',
      'invoke prompt:decide',
      'invoke prompt:waiting',
      'invoke prompt:denyAll',
      'invoke prompt:copyCommand',
      'invoke prompt:revealSecret',
      'invoke prompt:dismiss',
      'invoke prompt:fit',
      'invoke pairing:current',
      'notify pairing:changed',
      'invoke pairing:pair',
      'invoke pairing:cancel',
      'invoke pairing:copyCommand',
      'invoke pairing:close',
      'invoke pairing:openSettings',
      'invoke pairing:peek',
      'invoke pairing:pairLink',
      'invoke pairing:dropLink',
      'invoke pairing:look',
      'invoke pairing:acceptCertificate',
      'invoke pairing:acceptListener',
      'invoke pairing:offerCommands',
      'invoke settings:current',
      'notify settings:changed',
      'invoke settings:editModes',
      'invoke settings:wantSkills',
      'invoke settings:addRule',
      'invoke settings:removeRule',
      'invoke settings:readEdit',
      'invoke settings:decideEdit',
      'invoke settings:undoEdit',
      'invoke settings:revokeGrant',
      'invoke settings:revokeAllGrants',
      'invoke settings:endQuiet',
      'invoke settings:renewRule',
      'invoke settings:setNever',
      'invoke settings:openPairing',
      'invoke settings:setPaused',
      'invoke settings:unpair',
      'invoke settings:copyRemoveCommand',
      'invoke settings:setOpenAtLogin',
      'invoke settings:setTouchId',
      'invoke settings:acceptCertificate',
      'invoke settings:acceptListener',
      'invoke settings:offerCommands',
      'invoke settings:addGateway',
      'invoke settings:switchGateway',
      'invoke settings:removeGateway',
      'invoke settings:moveGateway',
      'invoke settings:tickSkill',
      'invoke settings:setStop',
      'invoke settings:setRuns',
      'invoke settings:openIncident',
      'invoke settings:trustGatewayApprovals',
      'invoke settings:enableOperator',
      'invoke settings:disableOperator',
      'invoke settings:copyOperatorCommand',
      'invoke settings:showOtherHosts',
      'invoke incident:current',
      'notify incident:changed',
      'invoke incident:contain',
      'invoke incident:endContainment',
      'invoke incident:setPeriod',
      'invoke incident:copyCommand',
      'invoke incident:saveReport',
    ]);
  });

  const digest = 'a'.repeat(64);
  it.each([
    ['a command with it', { id: '1', digest, decision: 'allow-once', argv: ['rm'] }],
    ['no digest', { id: '1', decision: 'allow-once' }],
    ['a digest that is none', { id: '1', digest: 'A'.repeat(64), decision: 'allow-once' }],
    ['another word', { id: '1', digest, decision: 'allow' }],
    ['an empty id', { id: '', digest, decision: 'deny' }],
    ['a number as id', { id: 1, digest, decision: 'deny' }],
    ['nothing', undefined],
    ['a list', []],
  ])('refuses a decision with %s', (_what, said) => {
    expect(contract.prompt.decide.argument.safeParse(said).success).toBe(false);
  });

  it('takes a decision that names the question, its digest and one word', () => {
    expect(contract.prompt.decide.argument.safeParse({ id: '1', digest, decision: 'deny' }).success).toBe(
      true,
    );
  });

  it('lets no policy edit through that does not name the file it changes', () => {
    const modes = { security: 'full', ask: 'off', askFallback: 'full' };
    expect(contract.settings.editModes.argument.safeParse({ agentId: null, modes }).success).toBe(false);
  });
});
