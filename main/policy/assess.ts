import { basename, isAbsolute } from 'node:path/posix';

import { bindFiles, type Bound } from '../binding/bind-files.ts';
import type { FileFacts, FoundPath } from '../facts/file-facts.ts';
import { lookUp } from '../facts/look-up.ts';
import type { Machine } from '../facts/machine.ts';
import type { Assessment, Binding, BoundFile } from '../request/assessment.ts';
import { rawCommandMatches } from '../request/command-text.ts';
import { requestDigest } from '../request/digest.ts';
import type { RunRequest } from '../request/run-request.ts';
import { illFormedField } from '../request/well-formed.ts';
import { anyArguments } from './any-arguments.ts';
import { takeApart, type TakenApart } from './apart/take-apart.ts';
import { alwaysPatterns, coverage } from './coverage.ts';
import { askable, decide, type Decision, type Findings, strictest, unattended } from './decide.ts';
import type { Ask, EffectivePolicy, Security } from './effective-policy.ts';
import { refusedOverride, uncoveredOverride } from './environment-rules.ts';
import { maskedCode } from './masked-code.ts';
import { neverEffect, type NeverRule, strictest as strictestOf } from './never-list.ts';
import { isOwnProgram, namesOwnFiles } from './own-files.ts';
import { partsOf } from './parts.ts';
import { wordAt } from './program-names.ts';
import { reachesOwnFiles } from './reaches-own-files.ts';
import { type Reason, reasonText } from './reasons.ts';
import type { Unit } from './unit.ts';
import { warningsFor } from './warnings.ts';

/** Everything a judgement depends on, apart from the disk. */
export interface Case {
  readonly request: RunRequest;
  readonly policy: EffectivePolicy;
  /** What `system.run.prepare` was given; it can only tighten. Null: nothing. */
  readonly prepared: { readonly security: Security | null; readonly ask: Ask | null } | null;
  /** Whether a grant that is still valid names exactly this digest. */
  readonly granted: (digest: string) => boolean;
  /** The PATH that the run will have. */
  readonly path: string;
  /** Home folder of the user: where a request without a directory runs, and what `~` means. */
  readonly home: string;
  readonly gatewayId: string;
  readonly own: OwnPlaces;
}

/** What belongs to Latchkey itself: it never runs what is in its bundle, and what names the rest prompts at least. */
export interface OwnPlaces {
  /** Absolute real paths: application bundle, program folder, the executable of this process. */
  readonly bundle: readonly string[];
  /** Device and inode of those among them that are files: a hard link leads to them by another path. */
  readonly files: readonly string[];
  /** Its real path. */
  readonly stateFolder: string;
  /** Name of the Keychain item. */
  readonly keychainService: string;
}

export interface Assessed {
  readonly assessment: Assessment;
  /** First bytes of each operand, by real path, from the very read that was hashed. Kept out of what is recorded. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** Decides one request. Never throws: what it cannot judge is denied. */
export async function assess(input: Case, machine: Machine): Promise<Assessed> {
  try {
    return await judge(input, { ...machine, files: machine.files.once() });
  } catch {
    return unjudged(input, { code: 'internal-error' });
  }
}

async function judge(input: Case, { files, shell }: Machine): Promise<Assessed> {
  const { request, home, own } = input;
  const illFormed = illFormedField(request);
  if (illFormed !== null) return unjudged(input, { code: 'ill-formed-text', detail: illFormed });
  const given = request.cwd ?? home;
  const [cwd, path] = await Promise.all([directory(given, files), existingPath(input.path, files)]);
  if (cwd === null) return unjudged(input, { code: 'bad-directory', detail: given });

  const apart = await takeApart(request.argv, {
    files,
    shell,
    cwd: cwd.found.realPath,
    home,
    path,
    isOwn: (file) => isOwnProgram(own, file),
  });
  const binding = bindFiles(
    {
      argv: request.argv,
      cwd,
      env: request.env,
      path,
      program: await lookUp(wordAt(request.argv, 0), { path, cwd: cwd.found.realPath }, files),
      programs: apart.programs,
      operands: apart.operands,
    },
    files,
  );
  const reaching = reachesOwnFiles(apart.units, own, { cwd: cwd.found.realPath, home, files });
  const [bound, reachesOwn] = await Promise.all([binding, reaching]);
  return assessed(input, apart, { bound, reachesOwn }, files);
}

async function assessed(
  input: Case,
  apart: TakenApart,
  { bound, reachesOwn }: { readonly bound: Bound; readonly reachesOwn: boolean },
  files: FileFacts,
): Promise<Assessed> {
  const { request, policy, home, own, gatewayId } = input;
  const { units } = apart;
  const { binding, operands, contents, hashes } = bound;
  const { agentId, sessionKey, argv } = request;
  const digest = requestDigest({ binding, agentId, sessionKey, gatewayId });
  const words = [...argv, ...units.flatMap((unit) => [...unit.argv, ...unit.once])];
  const namesOwn = reachesOwn || namesOwnFiles(own, words, { cwd: binding.cwd, home });
  const run = [...apart.operands, ...operands.map(({ path }) => path)];
  const never = neverRule(policy.never, units, run);
  const override = uncoveredOverride(request.env);
  const listed =
    override === null
      ? coverage(units, { rules: policy.rules, cwd: binding.cwd, home, hashes })
      : { miss: { code: 'environment-override', detail: override } as const };
  const parts = partsOf(argv, apart.reading, units);
  const refusal = shapeRefusal(units, bound) ?? maskedCode(parts, apart.operands, units);
  const literal = units.every((unit) => unit.once.length === 0 && unit.obstacles.length === 0);
  const takesGrant = refusal === null && literal && !units.some((unit) => unit.mayStartUnbound);
  const findings: Findings = {
    hard: hardRefusal(
      input,
      apart,
      binding.files.filter(({ role }) => role === 'operand'),
      never,
    ),
    refusal,
    covered:
      'covered' in listed
        ? { code: 'rule-matches' }
        : takesGrant && input.granted(digest)
          ? { code: 'granted' }
          : null,
    miss: 'miss' in listed ? listed.miss : { code: 'allowlist-miss' },
    asks:
      never?.effect === 'prompt'
        ? { code: 'never-list-prompt', detail: never.name }
        : namesOwn
          ? { code: 'own-files' }
          : null,
  };
  const { verdict, reason } = verdictOf(input, findings);
  const underGrant = verdictOf(input, { ...findings, covered: { code: 'granted' } });
  const effective = stricterSecurity(policy.security, input.prepared?.security ?? null);
  const storable =
    verdict === 'prompt' && findings.asks === null && reason.code !== 'always-ask' && !policy.oneStricter;
  const allowAlways =
    storable && override === null && effective === 'allowlist' ? alwaysPatterns(units, binding.cwd) : null;
  return {
    assessment: {
      verdict,
      reason: reason.code,
      text: reasonText(reason),
      digest,
      unattended: policy.oneStricter
        ? 'deny'
        : unattended({ verdict, reason }, { security: effective, askFallback: policy.askFallback }, findings),
      onceOnly: !literal || findings.asks !== null,
      grantable: verdict === 'prompt' && takesGrant && underGrant.verdict === 'run',
      segments: units.map((unit) => ({
        argv: unit.argv,
        executable: unit.program?.file.realPath ?? null,
        via: unit.via,
        sha256: unit.program === null ? null : (hashes.get(unit.program.file.realPath) ?? null),
      })),
      parts,
      operands,
      allowlist: effective !== 'allowlist' ? 'off' : 'covered' in listed ? 'hit' : 'miss',
      matched: 'covered' in listed ? listed.covered : [],
      allowAlways,
      allowAlwaysAny: anyArguments(units, allowAlways),
      warnings: warningsFor({
        argv,
        units,
        cwd: binding.cwd,
        home,
        namesOwn,
        sharedOperand: await anyShared(operands, files),
      }),
      binding,
    },
    contents,
  };
}

/** The policy's own pair of settings and the one that was prepared with: the stricter answer of the two. */
function verdictOf({ policy, prepared }: Case, findings: Findings): Decision {
  let decision = decide(policy.security, policy.ask, findings);
  const { security = null, ask = null } = prepared ?? {};
  if (security !== null || ask !== null) {
    decision = strictest(decision, decide(security ?? 'full', ask ?? 'off', findings));
  }
  if (policy.oneStricter)
    decision = strictest(decision, { verdict: 'prompt', reason: { code: 'policy-file-bad' } });
  return askable(decision, findings.refusal);
}

function hardRefusal(
  { request, own }: Case,
  { units, usesShell }: TakenApart,
  operands: readonly BoundFile[],
  never: NeverRule | null,
): Reason | null {
  const variable = refusedOverride(request.env, usesShell);
  if (variable !== null) return { code: 'environment-refused', detail: variable };
  if (!rawCommandMatches(request.rawCommand, request.argv)) return { code: 'raw-command-mismatch' };
  const ownOperand = operands.find((file) => isOwnProgram(own, file));
  if (ownOperand !== undefined) return { code: 'own-program', detail: ownOperand.realPath };
  if (never?.effect === 'deny') return { code: 'never-list', detail: never.name };
  return units.find(({ hard }) => hard)?.refusal ?? null;
}

/** By the words of each command and the files that they run; and where nobody can say what runs, the strictest entry there is. */
function neverRule(
  never: readonly NeverRule[],
  units: readonly Unit[],
  files: readonly string[],
): NeverRule | null {
  if (never.length === 0) return null;
  const unknown = units.some(({ unseen }) => unseen);
  const found = neverEffect(
    never,
    // Of what was not taken apart every word counts.
    units
      .flatMap(({ names, argv, refusal }) => (refusal === null ? names : [...names, ...argv]))
      .concat(files),
  );
  return unknown ? strictestOf([...(found === null ? [] : [found]), ...never]) : found;
}

function shapeRefusal(units: readonly Unit[], { unbound }: Bound): Reason | null {
  const refused = units.find(({ refusal }) => refusal !== null)?.refusal;
  if (refused) return refused;
  const [first] = unbound;
  return first === undefined
    ? null
    : { code: 'not-bindable', detail: basename(first.path), problem: first.problem };
}

function stricterSecurity(ours: Security, prepared: Security | null): Security {
  const order: readonly Security[] = ['deny', 'allowlist', 'full'];
  return prepared !== null && order.indexOf(prepared) < order.indexOf(ours) ? prepared : ours;
}

async function directory(
  given: string,
  files: FileFacts,
): Promise<{ given: string; found: FoundPath } | null> {
  if (!isAbsolute(given)) return null;
  const found = await files.trace(given);
  return found.found && found.kind === 'folder' && found.executable ? { given, found } : null;
}

/** PATH without what is not there: a folder that is made later would bring other programs along. */
async function existingPath(path: string, files: FileFacts): Promise<string> {
  const entries = path.split(':');
  const found = await Promise.all(
    entries.map(async (entry) => isAbsolute(entry) && (await files.trace(entry)).found),
  );
  return entries.filter((_, index) => found[index] === true).join(':') || path;
}

async function anyShared(operands: Assessment['operands'], files: FileFacts): Promise<boolean> {
  for (const { path } of operands) {
    const file = await files.trace(path);
    if (file.found && file.shared) return true;
  }
  return false;
}

/** A request that is refused before anything about it is known. */
function unjudged({ request, path, gatewayId }: Case, reason: Reason): Assessed {
  const binding: Binding = {
    argv: request.argv,
    program: '',
    cwd: '',
    env: request.env,
    path,
    files: [],
    lookups: [],
  };
  const { agentId, sessionKey } = request;
  return {
    assessment: {
      verdict: 'deny',
      reason: reason.code,
      text: reasonText(reason),
      digest: requestDigest({ binding, agentId, sessionKey, gatewayId }),
      unattended: 'deny',
      onceOnly: true,
      grantable: false,
      segments: [],
      parts: [{ kind: 'text', operator: null, lines: request.argv }],
      operands: [],
      allowlist: 'off',
      matched: [],
      allowAlways: null,
      allowAlwaysAny: null,
      warnings: [],
      binding,
    },
    contents: new Map(),
  };
}
