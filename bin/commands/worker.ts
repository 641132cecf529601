import { runWorkerAlone } from "../supervisor.ts";

await runWorkerAlone();
