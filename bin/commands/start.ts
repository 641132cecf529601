import { runReelflow } from "../supervisor.ts";

await runReelflow("production");
