/**
 * Whom PostgreSQL runs as. It refuses to run as root, so a start as root, usual in containers and on small servers, runs
 * it as the system's user `postgres`, which is made when it is not there.
 *
 * That user must get to the cluster and to the binaries. Below a private folder such as /root it may not, and opening
 * that folder to others is not ours to decide; there the server gets the one capability to walk through and read.
 */
import { run } from "./command.ts";
import { Refusal } from "./refusal.ts";

const USER = "postgres";
const READ_ANYWHERE = "+dac_read_search";

export interface Launch {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
}

/** Null: whoever runs us. */
export type DatabaseUser = { uid: number; gid: number; walksThroughPrivateFolders: boolean } | null;

export function asDatabaseUser(user: DatabaseUser, command: string, args: readonly string[]): Launch {
  // The server speaks English to us, whatever the user's language.
  const env = { ...process.env, LC_ALL: "C" };
  if (user === null) return { command, args, env };
  const { uid, gid } = user;
  if (!user.walksThroughPrivateFolders) return { command, args, env, uid, gid };
  // Without the secure bit, access(2) would ignore the capability, and PostgreSQL asks it about its own binaries.
  const identity = ["--securebits=+no_setuid_fixup", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const capabilities = [`--inh-caps=${READ_ANYWHERE}`, `--ambient-caps=${READ_ANYWHERE}`];
  return { command: "setpriv", args: [...identity, ...capabilities, "--", command, ...args], env };
}

export async function databaseUserFor(dataDir: string, binaries: string): Promise<DatabaseUser> {
  if (process.getuid?.() !== 0) return null;
  const ids = (await lookUpUser()) ?? (await makeUser());
  const unreachable = await firstUnreachable([dataDir, binaries], ids);
  if (unreachable === null) return { ...ids, walksThroughPrivateFolders: false };
  const user = { ...ids, walksThroughPrivateFolders: true };
  const { command, args } = asDatabaseUser(user, "/bin/sh", ["-c", '[ -x "$1" ] && cd "$1"', "sh", unreachable]);
  if ((await run(command, args, { cwd: "/" })).code === 0) return user;
  throw new Refusal(
    [
      `PostgreSQL may not run as root, and its user "${USER}" cannot get to ${unreachable}. One of these helps:`,
      `  - run Reelflow as a user of its own, who owns its folder and DATA_DIR;`,
      `  - put both where others may pass, for example below /opt: DATA_DIR=/opt/reelflow-data npm start;`,
      `  - name a PostgreSQL that runs already: DATABASE_URL=postgresql://user:password@host/database npm start`,
    ].join("\n"),
  );
}

async function firstUnreachable(folders: string[], ids: { uid: number; gid: number }): Promise<string | null> {
  for (const folder of folders) {
    const { code } = await run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...ids, cwd: "/" });
    if (code !== 0) return folder;
  }
  return null;
}

async function lookUpUser(): Promise<{ uid: number; gid: number } | null> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, USER])));
  if (uid?.code !== 0 || gid?.code !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function makeUser(): Promise<{ uid: number; gid: number }> {
  const shell = "/usr/sbin/nologin";
  const useradd = await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", shell, USER]);
  // Where there is no useradd there is BusyBox's adduser.
  if (useradd.code === 127) await run("adduser", ["-S", "-D", "-H", "-s", shell, USER]);
  const made = await lookUpUser();
  if (made !== null) return made;
  throw new Refusal(
    `PostgreSQL may not run as root, and a user "${USER}" for it could not be made: ${useradd.output.trim()}\nMake one, or start as another user than root.`,
  );
}
