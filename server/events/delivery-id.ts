import { newId } from "../domain/id.ts";

/** Crockford's base 32, as in other ids: its order is that of the numbers. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** Enough for 35 thousand milliard events. */
const NUMBER_LENGTH = 9;

/** Begins with the number of the event, so that deliveries sort as their events happened; 16 characters, as any id. */
export function newDeliveryId(eventId: bigint): string {
  let number = "";
  for (let rest = eventId; number.length < NUMBER_LENGTH; rest /= 32n) number = ALPHABET[Number(rest % 32n)] + number;
  return number + newId().slice(NUMBER_LENGTH);
}
