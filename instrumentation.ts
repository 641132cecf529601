/** Next calls this once, when the server starts. */
export async function register(): Promise<void> {
  // Also called for the edge runtime, where none of this exists; the condition keeps it out of that bundle.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startWeb } = await import("./server/api/start-web.ts");
    await startWeb();
  }
}
