export interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
}

export interface LockFile {
  packages: Record<string, LockEntry>;
}

export function isInstalled(lock: LockFile, installed: LockFile | null, needs: { dev: boolean }): boolean;
