/**
 * Numbers as people read them. Everything here is a pure function of its value and the language, so server and browser
 * print the same text. A value that is not known is printed as `NONE`.
 */
export const NONE = "—";

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

// Formatters are costly to make and a table asks for the same few hundreds of times.
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  numberFormats.set(key, made);
  return made;
}

export function formatNumber(locale: string, value: number | null, maximumFractionDigits = 2): string {
  return value === null ? NONE : numberFormat(locale, { maximumFractionDigits }).format(value);
}

/** Decimal units (1 kB = 1,000 bytes), as disks and networks count: `12.3 MB`. */
export function formatBytes(locale: string, bytes: number | null): string {
  if (bytes === null) return NONE;
  const step = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return numberFormat(locale, {
    style: "unit",
    unit: BYTE_UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** `640 kbps`, `2.4 Mbps`; the units are the same in every language. */
export function formatBitrate(locale: string, bitsPerSecond: number | null): string {
  if (bitsPerSecond === null || bitsPerSecond <= 0) return NONE;
  if (bitsPerSecond < 1_000_000) return `${formatNumber(locale, bitsPerSecond / 1000, 0)} kbps`;
  return `${formatNumber(locale, bitsPerSecond / 1_000_000, 1)} Mbps`;
}

/** A length on a time line: `0:07`, `12:05`, `1:02:03`. Rounded to whole seconds, but never a positive one to `0:00`. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return NONE;
  const whole = seconds > 0 ? Math.max(1, Math.round(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A place on a time line, to the millisecond where it has one: `0:12.5`. */
export function formatTimestamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const fraction = milliseconds % 1000;
  const text = formatDuration(Math.floor(milliseconds / 1000));
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(3, "0").replace(/0+$/, "")}`;
}

/** How long something took or will take, in its two largest units: `850 ms`, `42 s`, `3 min 5 s`. */
export function formatElapsed(locale: string, seconds: number | null): string {
  if (seconds === null) return NONE;
  const unit = (value: number, name: "millisecond" | "second" | "minute" | "hour" | "day") =>
    numberFormat(locale, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 0 }).format(value);
  if (seconds < 0.9995) return unit(Math.max(0, seconds * 1000), "millisecond");
  const whole = Math.round(seconds);
  const pairs = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const first = pairs.findIndex(([, size]) => whole >= size);
  return pairs
    .slice(first, first + 2)
    .map(([name, size], index) => {
      const value = index === 0 ? Math.floor(whole / size) : Math.floor((whole % (pairs[first]?.[1] ?? size)) / size);
      return value === 0 && index > 0 ? "" : unit(value, name);
    })
    .filter((part) => part !== "")
    .join(" ");
}

/** Whole percents, and 100 % only when it is all done. */
export function formatPercent(locale: string, percent: number): string {
  const shown = percent >= 100 ? 100 : Math.min(99, Math.max(0, Math.round(percent)));
  return numberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(shown / 100);
}

/** `1920 × 1080` */
export function formatSize(widthPx: number | null | undefined, heightPx: number | null | undefined): string {
  return widthPx && heightPx ? `${widthPx} × ${heightPx}` : NONE;
}

/** Encoding speed against real time: `2.4×`. */
export function formatSpeed(locale: string, speed: number | null): string {
  return speed === null ? NONE : `${formatNumber(locale, speed, speed < 10 ? 1 : 0)}×`;
}

const RELATIVE_STEPS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** `3 min. ago`, `yesterday`; below a minute `now`, so that a page of times need not tick every second. */
export function formatRelative(locale: string, date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  for (const [unit, size] of RELATIVE_STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, "second");
}

export function formatDateTime(locale: string, timeZone: string, date: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone }).format(date);
}
