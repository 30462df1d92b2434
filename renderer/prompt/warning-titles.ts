import type { PlainKey } from '../shared/voice.ts';

/** The warnings that we have own words for: what happens, then one line about it. */
export const WARNING_TITLES: Readonly<Record<string, readonly [title: PlainKey, why: PlainKey | null]>> = {
  'runs-as-root': ['runsAsRoot', 'runsAsRootWhy'],
  'download-to-interpreter': ['downloadToInterpreter', 'downloadToInterpreterWhy'],
  'outside-delete': ['outsideDelete', null],
  'startup-files': ['startupFiles', 'startupFilesWhy'],
  'sends-files': ['sendsFiles', null],
  'drives-apps': ['drivesApps', 'drivesAppsWhy'],
  'own-files': ['ownFiles', null],
  'shared-operand': ['sharedOperand', 'sharedOperandWhy'],
  'mixed-scripts': ['mixedScripts', 'mixedScriptsWhy'],
  'earlier-code': ['earlierCode', 'earlierCodeWhy'],
  'not-signed': ['notSigned', 'notSignedWhy'],
  'hidden-characters': ['hiddenCharacters', 'hiddenCharactersWhy'],
};
