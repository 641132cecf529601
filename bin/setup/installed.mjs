/**
 * Whether node_modules holds what the lock file asks for.
 *
 * npm writes node_modules/.package-lock.json last, so an interrupted installation has none; comparing its entries with
 * the lock's, rather than times or hashes, also accepts an installation that somebody else's `npm ci` made.
 *
 * @param {{ packages: Record<string, Entry> }} lock package-lock.json
 * @param {{ packages: Record<string, Entry> } | null} installed node_modules/.package-lock.json
 * @param {{ dev: boolean }} needs whether the packages of `devDependencies` are needed too
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean }} Entry
 */
export function isInstalled(lock, installed, needs) {
  if (installed === null) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    const present = installed.packages[path];
    if (present === undefined) {
      // Optional packages are there for the platforms they are made for.
      return wanted.optional === true || (wanted.dev === true && !needs.dev);
    }
    return present.version === wanted.version;
  });
}
