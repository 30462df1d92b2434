/** The package brings no types; what is read with it is validated anyway. */
declare module 'plist' {
  const plist: { parse(text: string): unknown; build(value: object): string };
  export default plist;
}
