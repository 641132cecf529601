/** One call of an action, as a whole program. The secret comes from the environment, where it belongs. */
import type { Connection, SampleLanguage } from "../api-keys/samples.ts";

export interface Call {
  product: "vod" | "mps";
  version: string;
  name: string;
  /** JSON. */
  request: string;
}

export function callSampleOf(language: SampleLanguage, call: Call, { origin, keyId }: Connection): string {
  const { host, protocol } = new URL(origin);
  return WRITERS[language](call, { host, scheme: protocol.replace(":", ""), keyId });
}

interface Places {
  host: string;
  scheme: string;
  keyId: string;
}

const WRITERS: Record<SampleLanguage, (call: Call, places: Places) => string> = {
  node: (
    { product, version, name, request },
    { host, scheme, keyId },
  ) => `// npm install tencentcloud-sdk-nodejs-${product}
import { ${product} } from "tencentcloud-sdk-nodejs-${product}";

const client = new ${product}.v${version.replaceAll("-", "")}.Client({
  credential: { secretId: "${keyId}", secretKey: process.env.SECRET_KEY },
  profile: { httpProfile: { protocol: "${scheme}://", endpoint: "${host}" } },
});
console.log(await client.${name}(${request}));
`,
  python: ({ product, version, name, request }, { host, scheme, keyId }) => {
    const module = `tencentcloud.${product}.v${version.replaceAll("-", "")}`;
    const client = `${product[0]?.toUpperCase()}${product.slice(1)}Client`;
    return `# pip install tencentcloud-sdk-python-${product}
import os
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from ${module} import models
from ${module}.${product}_client import ${client}

profile = ClientProfile(httpProfile=HttpProfile(protocol="${scheme}", endpoint="${host}"))
client = ${client}(Credential("${keyId}", os.environ["SECRET_KEY"]), "", profile)
request = models.${name}Request()
request.from_json_string("""${request.replaceAll("\\", "\\\\")}""")
print(client.${name}(request).to_json_string())
`;
  },
  go: (
    { product, version, name, request },
    { host, scheme, keyId },
  ) => `// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/${product}
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	api "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/${product}/v${version.replaceAll("-", "")}"
)

func main() {
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme = "${scheme}"
	settings.HttpProfile.Endpoint = "${host}"
	client, err := api.NewClient(common.NewCredential("${keyId}", os.Getenv("SECRET_KEY")), "", settings)
	if err != nil {
		panic(err)
	}
	request := api.New${name}Request()
	if err := request.FromJsonString(\`${request}\`); err != nil {
		panic(err)
	}
	answer, err := client.${name}(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.ToJsonString())
}
`,
};
