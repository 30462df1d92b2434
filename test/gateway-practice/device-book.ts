import { randomBytes, randomUUID } from 'node:crypto';

/** A device that asked, and how far it got: approved as a device, then its commands. */
export interface Device {
  readonly deviceId: string;
  readonly publicKey: string;
  /** The open request for the device itself, until it is approved. */
  requestId: string | null;
  approved: boolean;
  token: string | null;
  issuedAtMs: number;
  declaredCommands: readonly string[];
  /** The open request for its commands. */
  commandsRequestId: string | null;
  commandsApproved: boolean;
  greeted: boolean;
  /** Its second role: the open request, until it is approved, then its token. */
  operatorRequestId: string | null;
  operatorApproved: boolean;
  operatorToken: string | null;
}

interface SetupCode {
  readonly expiresAtMs: number;
  /** The first device that showed it. */
  deviceId: string | null;
  used: boolean;
}

const newToken = (): string => randomBytes(32).toString('base64url');

/** What a gateway knows of devices and codes. It outlives a restart when it is handed to the next start. */
export class DeviceBook {
  readonly #devices = new Map<string, Device>();
  readonly #codes = new Map<string, SetupCode>();

  get devices(): readonly Device[] {
    return [...this.#devices.values()];
  }

  find(deviceId: string): Device | undefined {
    return this.#devices.get(deviceId);
  }

  /** The device, with a request open if it is not approved. */
  ask(deviceId: string, publicKey: string): Device {
    const known = this.#devices.get(deviceId);
    if (known !== undefined) return known;
    const device: Device = {
      deviceId,
      publicKey,
      requestId: randomUUID(),
      approved: false,
      token: null,
      issuedAtMs: 0,
      declaredCommands: [],
      commandsRequestId: null,
      commandsApproved: false,
      greeted: false,
      operatorRequestId: null,
      operatorApproved: false,
      operatorToken: null,
    };
    this.#devices.set(deviceId, device);
    return device;
  }

  /** A device that connects declares its commands: others than the approved ones have to be approved anew. */
  declare(device: Device, commands: readonly string[]): void {
    const same = commands.join() === device.declaredCommands.join();
    device.declaredCommands = commands;
    if (!same) device.commandsApproved = false;
    if (!device.commandsApproved) device.commandsRequestId ??= randomUUID();
  }

  issueOperatorToken(device: Device): string {
    return (device.operatorToken ??= newToken());
  }

  issueToken(device: Device, nowMs: number): string {
    device.token ??= this.rotateToken(device, nowMs);
    return device.token;
  }

  rotateToken(device: Device, nowMs: number): string {
    device.issuedAtMs = nowMs;
    return (device.token = newToken());
  }

  remove(deviceId: string): void {
    this.#devices.delete(deviceId);
  }

  newCode(expiresAtMs: number): string {
    const token = newToken();
    this.#codes.set(token, { expiresAtMs, deviceId: null, used: false });
    return token;
  }

  /** A code belongs to the first device that shows it, until it has been used or has expired. */
  acceptsCode(token: string, deviceId: string, nowMs: number): boolean {
    const code = this.#codes.get(token);
    if (code === undefined || code.used || code.expiresAtMs <= nowMs) return false;
    code.deviceId ??= deviceId;
    return code.deviceId === deviceId;
  }

  useCode(token: string): void {
    const code = this.#codes.get(token);
    if (code !== undefined) code.used = true;
  }
}
