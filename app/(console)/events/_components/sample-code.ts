/** Receivers to begin with: what they show is what they do. */

export const PUSH_SAMPLE = `// npm install standardwebhooks
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…

createServer(async (request, response) => {
  try {
    const event = webhook.verify(await text(request), request.headers);
    response.writeHead(204).end(); // within 5 s; do the work afterwards
    if (event.EventType === "ProcedureStateChanged") {
      const { TaskId, Status } = event.ProcedureStateChangeEvent;
      console.log(TaskId, Status);
    }
  } catch {
    response.writeHead(401).end();
  }
}).listen(8080);`;

export function pullSample(origin: { host: string; protocol: string }): string {
  return `// npm install tencentcloud-sdk-nodejs-vod
import { vod } from "tencentcloud-sdk-nodejs-vod";

const client = new vod.v20180717.Client({
  credential: { secretId: process.env.SECRET_ID, secretKey: process.env.SECRET_KEY },
  profile: { httpProfile: { endpoint: "${origin.host}", protocol: "${origin.protocol}//" } },
});

await client.ModifyEventConfig({ Mode: "PULL" });
for (;;) {
  const { EventSet } = await client.PullEvents({}); // waits up to 5 s
  for (const event of EventSet) console.log(event.EventType);
  const EventHandles = EventSet.map(({ EventHandle }) => EventHandle);
  if (EventHandles.length > 0) await client.ConfirmEvents({ EventHandles }); // within 30 s
}`;
}
