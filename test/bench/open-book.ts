import { type Device, DeviceBook } from '../gateway-practice/device-book.ts';

/** Approves whoever comes and whatever it declares, as OpenClaw does by default for what is on the same machine. */
export class OpenBook extends DeviceBook {
  override ask(deviceId: string, publicKey: string): Device {
    const device = super.ask(deviceId, publicKey);
    device.approved = true;
    device.requestId = null;
    return device;
  }

  override declare(device: Device, commands: readonly string[]): void {
    super.declare(device, commands);
    device.commandsApproved = true;
    device.commandsRequestId = null;
  }
}
