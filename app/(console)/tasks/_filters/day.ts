/** Days as `<input type="date">` writes them, `2026-06-01`, meant in the time zone of whoever looks. */
export function dayOf(date: Date | null): string {
  if (date === null) return "";
  const part = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

export function dayStart(day: string): Date | null {
  return dateOf(`${day}T00:00:00`);
}

export function dayEnd(day: string): Date | null {
  return dateOf(`${day}T23:59:59.999`);
}

function dateOf(local: string): Date | null {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? null : date;
}
