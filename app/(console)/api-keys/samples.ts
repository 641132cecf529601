/** Programs that connect the vendor's clients to this server. They read the secret from the environment, where it belongs. */
export const SAMPLE_LANGUAGES = ["node", "python", "go"] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

export interface Connection {
  /** `https://video.example.org`. */
  origin: string;
  keyId: string;
}

export function sampleOf(language: SampleLanguage, { origin, keyId }: Connection): string {
  const { host, protocol } = new URL(origin);
  return SAMPLES[language]({ host, scheme: protocol.replace(":", ""), keyId });
}

interface Places {
  host: string;
  scheme: string;
  keyId: string;
}

const SAMPLES: Record<SampleLanguage, (places: Places) => string> = {
  node: ({ host, scheme, keyId }) => `// npm install tencentcloud-sdk-nodejs-vod
import { vod } from "tencentcloud-sdk-nodejs-vod";

const client = new vod.v20180717.Client({
  credential: { secretId: "${keyId}", secretKey: process.env.SECRET_KEY },
  profile: { httpProfile: { protocol: "${scheme}://", endpoint: "${host}" } },
});
console.log(await client.DescribeTasks({ Limit: 10 }));
`,
  python: ({ host, scheme, keyId }) => `# pip install tencentcloud-sdk-python-vod
import os
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vod.v20180717 import models
from tencentcloud.vod.v20180717.vod_client import VodClient

profile = ClientProfile(httpProfile=HttpProfile(protocol="${scheme}", endpoint="${host}"))
client = VodClient(Credential("${keyId}", os.environ["SECRET_KEY"]), "", profile)
print(client.DescribeTasks(models.DescribeTasksRequest()).to_json_string())
`,
  go: ({ host, scheme, keyId }) => `// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vod
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	vod "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vod/v20180717"
)

func main() {
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme = "${scheme}"
	settings.HttpProfile.Endpoint = "${host}"
	credential := common.NewCredential("${keyId}", os.Getenv("SECRET_KEY"))
	client, err := vod.NewClient(credential, "", settings)
	if err != nil {
		panic(err)
	}
	tasks, err := client.DescribeTasks(vod.NewDescribeTasksRequest())
	if err != nil {
		panic(err)
	}
	fmt.Println(tasks.ToJsonString())
}
`,
};
