export function packagingRefusal(machine: { platform: NodeJS.Platform; node: string }): string | null;
