import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./app/_lib/i18n.ts");

/**
 * The server API answers where the vendor's clients call: at the root, beside the console. What tells its requests from a
 * browser's is what only they have: the action's name, or a body.
 * @type {import("next/dist/lib/load-custom-routes").RouteHas[]}
 */
const OF_THE_API = [
  { type: "header", key: "x-tc-action" },
  { type: "header", key: "content-type" },
  { type: "header", key: "content-length" },
  { type: "header", key: "transfer-encoding" },
  { type: "query", key: "Action" },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Its badge lies on top of the user menu.
  devIndicators: false,
  // These talk to the database, the disk or the queue; bundling them breaks their dynamic imports.
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "graphile-worker",
    "@tus/server",
    "@tus/file-store",
    "archiver",
    "pino",
    "sharp",
    "wasmoon",
  ],
  // Pages get their content security policy in proxy.ts, which knows the nonce.
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        // Addresses of files are keys to them.
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
      ],
    },
  ],
  rewrites: async () => ({
    beforeFiles: [
      ...OF_THE_API.map((has) => ({ source: "/", has: [has], destination: "/api/vod" })),
      { source: "/vod", destination: "/api/vod" },
    ],
  }),
  // Clients whose endpoint has a path call `/vod/`, and sign it: a redirect would change what they signed.
  skipTrailingSlashRedirect: true,
  // The type check is a step of its own (`npm run types`), so a build need not repeat it.
  typescript: { ignoreBuildErrors: true },
};

export default withNextIntl(config);
