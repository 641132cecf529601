/** The vendor's own client, against the product under test. */
import { Agent } from "node:http";
import { vod } from "tencentcloud-sdk-nodejs-vod";

export interface ApiKey {
  secretId: string;
  secretKey: string;
}

export type VodClient = InstanceType<typeof vod.v20180717.Client>;

export function vodClient(baseUrl: string, credential: ApiKey, path = ""): VodClient {
  const { host } = new URL(baseUrl);
  // An agent of ours, as the client would obey a proxy of the environment.
  const httpProfile = { endpoint: host + path, protocol: "http://", agent: new Agent() };
  return new vod.v20180717.Client({ credential, profile: { httpProfile } });
}

/** The key that the product under test was started with. */
export const API_KEY: ApiKey = { secretId: "AKIDJourneys0001", secretKey: "only-for-the-journeys-of-this-run" };
