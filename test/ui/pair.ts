import type { Page } from 'playwright';

import type { WindowRole } from '../../main/ipc/contract.ts';
import type { PracticeGateway } from '../gateway-practice/practice-gateway.ts';
import type { RunningApp } from './driver/launch.ts';

/** Titles are in the test machine's language, addresses are not. */
const ADDRESS: Readonly<Record<WindowRole, RegExp>> = {
  prompt: /^latchkey:\/\/prompt\//,
  pairing: /^latchkey:\/\/pairing\//,
  settings: /^latchkey:\/\/settings\//,
  incident: /^latchkey:\/\/incident\//,
};

export const windowOf = (app: RunningApp, role: WindowRole): Promise<Page> => app.window(ADDRESS[role]);

/** Through the app's own window; at the gateway, both approvals. */
export async function pair(app: RunningApp, gateway: PracticeGateway): Promise<void> {
  const window = await windowOf(app, 'pairing');
  await window.getByRole('textbox', { name: 'Setup code' }).fill(gateway.setupCode());
  await window.getByRole('button', { name: 'Pair' }).click();
  await window.getByText(/openclaw devices approve/).waitFor();
  gateway.approveDevice();
  await gateway.connected();
  await window.getByText(/openclaw nodes/).waitFor();
  gateway.approveCommands();
}
