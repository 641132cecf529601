/** Every address of the console. Pages link through these, so a moved page is one edit. */
export const routes = {
  home: () => "/",
  tasks: (query?: TaskListQuery) => withQuery("/tasks", query),
  task: (taskId: string, subtaskId?: string) => withQuery(`/tasks/${taskId}`, { subtask: subtaskId }),
  mediaLibrary: (query?: { search?: string; kind?: string; tag?: string; category?: string }) =>
    withQuery("/media", query),
  media: (mediaId: string) => `/media/${mediaId}`,
  upload: (query?: { procedure?: string }) => withQuery("/upload", query),
  clientUpload: () => "/upload/client",
  templates: (query?: { kind?: string; search?: string }) => withQuery("/templates", query),
  template: (family: string, definition: number, query?: { tab?: string; from?: string }) =>
    withQuery(`/templates/${family}/${definition}`, query),
  editTemplate: (family: string, definition: number) => `/templates/${family}/${definition}/edit`,
  compareTemplates: (query?: { a?: string; b?: string }) => withQuery("/templates/compare", query),
  newTemplate: (query?: { kind?: string; from?: string }) => withQuery("/templates/new", query),
  procedures: () => "/procedures",
  procedure: (name: string, query?: { version?: number }) =>
    withQuery(`/procedures/${encodeURIComponent(name)}`, { version: query?.version?.toString() }),
  editMedia: (as: "join" | "split", mediaIds: readonly string[] = []) =>
    withQuery("/media/edit", { as: as === "join" ? "" : as, media: mediaIds.join(",") }),
  editProcedure: (name: string) => `/procedures/${encodeURIComponent(name)}/edit`,
  newProcedure: (query?: { from?: string; as?: "script" }) => withQuery("/procedures/new", query),
  pipelines: () => "/pipelines",
  events: (query?: { task?: string; tab?: "receivers" | "signature" }) => withQuery("/events", query),
  apiKeys: () => "/api-keys",
  apiReference: (query?: { action?: string; search?: string }) => withQuery("/api-reference", query),
  settings: (section?: "profile" | "users" | "system") => withQuery("/settings", { section }),
  signIn: (next?: string) => withQuery("/sign-in", { next }),
  setup: () => "/setup",
} as const;

/** The filters of the task list that other pages link to; the list itself knows more. */
export interface TaskListQuery {
  search?: string;
  state?: string;
  procedure?: string;
  media?: string;
}

function withQuery(path: string, query: object = {}): string {
  const search = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""),
  );
  return search.size === 0 ? path : `${path}?${search}`;
}

/** Where to go after sign-in: a path of this site, never another site's address that a link may have smuggled in. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/")) return routes.home();
  // Browsers read `//host` and `/\host` as another host, and drop tabs and newlines before they look.
  const url = new URL(next, "http://console.invalid");
  return url.host === "console.invalid" ? `${url.pathname}${url.search}` : routes.home();
}
