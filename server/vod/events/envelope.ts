/** A notification as it goes over the wire: the same content, pushed or pulled. */
import { createHash } from "node:crypto";
import type { NotificationKind } from "../../domain/notification.ts";
import { ENVELOPE_MEMBERS, EVENT_NAMES } from "./event-names.ts";

/** What is stored: JSON text of the type and the one member that is filled. */
export function contentOf(kind: NotificationKind, payload: object): string {
  const { type, member } = EVENT_NAMES[kind];
  return JSON.stringify({ EventType: type, [member]: payload });
}

/** The two members that tell a receiver who sends. */
export interface BodySign {
  Sign: string;
  T: number;
}

/** A receiver may take this long to check a signature. */
const SIGN_SECONDS = 600;

/** When a signature made now is no longer to be trusted, in seconds. */
export function signExpiry(now: Date): number {
  return Math.floor(now.getTime() / 1000) + SIGN_SECONDS;
}

export function signWith(signKey: string, { T }: Pick<BodySign, "T">): BodySign {
  return { Sign: createHash("md5").update(`${signKey}${T}`).digest("hex"), T };
}

/** The body of a push: nothing null at any depth, and no handle. The same arguments give the same bytes. */
export function pushBody(content: string, sign: BodySign | null): string {
  const envelope: object = JSON.parse(content, (_, value) => (value === null ? undefined : value));
  return JSON.stringify({ ...envelope, ...sign });
}

/** A member of `EventSet`: every other payload there could be is shown as null. */
export function pulledEvent(content: string, handle: string): object {
  const nulls = Object.fromEntries(ENVELOPE_MEMBERS.map((member) => [member, null]));
  return { EventHandle: handle, ...nulls, ...JSON.parse(content) };
}
