/* A day in one box, as people write it: "31 3 2027", "31/03/2027", "31 March 2027", or in ISO form, as it is kept. A
   browser's own date input orders its parts by the browser's language: 3 April becomes 4 March unseen. */

import { make } from "./page.js";

const language = document.documentElement.lang || "en-GB";
const inWords = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const monthNames = Array.from({ length: 12 }, (_, at) =>
  new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, at, 1))).toLowerCase(),
);

function monthOf(text) {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const named = text.length > 2 ? monthNames.findIndex((name) => name.startsWith(text.toLowerCase())) : -1;
  return named + 1;
}

/* The ISO form of what was typed; what was typed itself where it is no day (yet), so that nothing is lost. */
export function readDay(text) {
  const parts = text.trim().split(/[\s./,-]+/);
  if (parts.length !== 3) return text;
  const [day, month, year] = /^\d{4}$/.test(parts[0]) ? parts.toReversed() : parts;
  if (!/^\d{1,2}$/.test(day) || !/^[12]\d{3}$/.test(year)) return text;
  const read = new Date(Date.UTC(Number(year), monthOf(month) - 1, Number(day)));
  const isReal = read.getUTCMonth() + 1 === monthOf(month) && read.getUTCDate() === Number(day);
  return isReal ? read.toISOString().slice(0, 10) : text;
}

/* A day in words; what is none stays as it is. */
export const showDay = (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value ?? "") ? inWords.format(new Date(`${value}T00:00Z`)) : (value ?? ""));

/* The box. `set` gets the day in ISO form. */
export const dayBox = (label, value, set, more = {}) =>
  make("input", {
    type: "text",
    autocomplete: "off",
    class: "portal-day",
    value: showDay(value),
    "aria-label": label,
    ...more,
    oninput: (event) => set(readDay(event.target.value)),
  });
