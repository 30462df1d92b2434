/** What to run on the gateway's computer after an incident, in this order. */
export const gatewayCommands = (deviceIds: readonly string[]): readonly string[] => [
  ...deviceIds.flatMap((id) => [
    `openclaw devices revoke --device ${id} --role node`,
    `openclaw devices remove ${id}`,
  ]),
  'openclaw devices list',
  'openclaw approvals pending',
  'openclaw approvals grants',
];
