/** Holds the place of a use-case while the types are already out. */
export function unbuilt<T>(): Promise<T> {
  return Promise.reject(new Error("Not built."));
}
