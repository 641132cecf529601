import { generateClient } from "../setup/build.ts";
import { explain } from "../setup/refusal.ts";

try {
  await generateClient();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
