/**
 * Which part may import which: app → server/api → server/* → server/domain ← worker. A rule's comment is what its
 * violation says.
 */
const TEST = "\\.test\\.tsx?$|/test-[^/]+\\.ts$";
/** Route files: the seam where the web framework hands a request to server/api. */
const ROUTES = "^app/(api|files|archive|s3|v3)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two modules that need each other are one module, or need a third. Types alone may point back.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "domain-is-pure",
      comment: "server/domain imports zod and itself, so that form, API and worker can all depend on it.",
      severity: "error",
      from: { path: "^server/domain/", pathNot: TEST },
      to: { pathNot: ["^server/domain/", "^node_modules/zod/"] },
    },
    {
      name: "app-uses-the-api",
      comment: "The console reaches the back end through server/api, and takes values from #domain.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { path: "^server/", pathNot: ["^server/api/", "^server/domain/"] },
    },
    {
      name: "router-is-a-type",
      comment: "What the console knows of the router is its type; only route files serve it.",
      severity: "error",
      from: { path: "^app/", pathNot: [TEST, ROUTES] },
      to: { path: "^server/api/(router\\.ts|trpc/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "api-is-an-edge",
      comment: "Use-cases know nothing of HTTP, tRPC or sign-in.",
      severity: "error",
      from: { path: "^server/(?!api/)", pathNot: TEST },
      to: { path: "^server/api/" },
    },
    {
      name: "worker-stays-behind",
      comment: "The worker takes the domain and the use-cases, never the API or the console.",
      severity: "error",
      from: { path: "^worker/", pathNot: TEST },
      to: {
        path: "^(app|server|bin|bench|e2e)/",
        pathNot: "^server/(?!api/)",
      },
    },
    {
      name: "nothing-imports-the-worker",
      comment: "The worker is a process; jobs are how to reach it. Measures may look inside.",
      severity: "error",
      from: { pathNot: ["^(worker|bench)/", TEST] },
      to: { path: "^worker/" },
    },
    {
      name: "nothing-imports-the-app",
      comment: "The console is the outermost ring.",
      severity: "error",
      from: { pathNot: "^app/" },
      to: { path: "^app/" },
    },
    {
      name: "product-does-not-import-its-tests",
      comment: "What only tests need stays with the tests.",
      severity: "error",
      from: { path: "^(app|server|worker)/", pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: "one-ffmpeg-adapter",
      comment: "worker/run/ffmpeg.ts alone knows fluent-ffmpeg, whose repository is archived.",
      severity: "error",
      from: { pathNot: ["^worker/run/ffmpeg\\.ts$", TEST] },
      to: { path: "^node_modules/(@types/)?fluent-ffmpeg/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|prisma/generated)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
