/** What ffmpeg left in the output folder. */
export interface FinishedFiles {
  text: (name: string) => Promise<string>;
  sizeOf: (name: string) => Promise<number>;
  /** How a file begins; of an encrypted one, what that means. */
  head: (name: string, bytes: number) => Promise<Uint8Array>;
}
