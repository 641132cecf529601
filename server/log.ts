import { type DestinationStream, type Logger, pino } from "pino";

/**
 * What must not reach a log: credentials under any name they travel by here, one and two objects deep (a request inside
 * of an error is the usual place). Signed links count too: whoever has one may read the file.
 */
const SECRET_NAMES = [
  "password",
  "secret",
  "secretKey",
  "secretCipher",
  "SECRET_KEY",
  "ADMIN_PASSWORD",
  "API_SECRET_KEY",
  "DATABASE_URL",
  "connectionString",
  "token",
  "sessionToken",
  "authorization",
  "Authorization",
  "cookie",
  '["set-cookie"]',
  '["x-api-key"]',
];

function inside(parent: string, name: string): string {
  return name.startsWith("[") ? `${parent}${name}` : `${parent}.${name}`;
}

/** One JSON object a line. `destination` is for tests; by default standard output, where a supervisor collects it. */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const paths = SECRET_NAMES.flatMap((secret) => [secret, inside("*", secret), inside("*.*", secret)]);
  return pino({ name, level, redact: { paths, censor: "[redacted]" } }, destination);
}
