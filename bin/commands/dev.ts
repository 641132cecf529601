import { runReelflow } from "../supervisor.ts";

await runReelflow("development");
