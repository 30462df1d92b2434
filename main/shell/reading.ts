/** Reads shell texts; made once by `openShellReader`. */
export interface ShellReader {
  read(text: string): unknown;
}
