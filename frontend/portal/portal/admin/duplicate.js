/* Wagtail gives a duplicated block and everything inside it new ids. Our JSON in the copy still speaks of the
   originals: here it learns the new ids, so that a copied page is a page of its own. */

import { childOf, childrenWithin, field, idOf, isDeleted, newId, readJSON, typeOf, write } from "./page.js";

// What was deleted is still in the page, and is not copied.
const family = (child) => [child, ...childrenWithin(child)].filter((one) => !isDeleted(one));

function copyAfter(child, known) {
  let next = child.nextElementSibling;
  while (next && !next.matches("[data-streamfield-child]")) next = next.nextElementSibling;
  return next && !known.has(idOf(next)) ? next : null;
}

/* A condition that speaks of the copied questions and of their answers. Others stay: they stand on earlier pages. */
function renewCondition(condition, renamed) {
  if (condition.all) return { all: condition.all.map((part) => renewCondition(part, renamed)) };
  if (condition.any) return { any: condition.any.map((part) => renewCondition(part, renamed)) };
  if (condition.not) return { not: renewCondition(condition.not, renamed) };
  const rename = (id) => renamed.get(id) ?? id;
  for (const key of ["any_item", "every_item", "items"]) {
    if (!(key in condition)) continue;
    const has = condition.has ? { has: renewCondition(condition.has, renamed) } : {};
    return { ...condition, [key]: rename(condition[key]), ...has };
  }
  if (!renamed.has(condition.question)) return condition;
  const renewed = { ...condition, question: rename(condition.question) };
  if ("value" in condition) renewed.value = Array.isArray(condition.value) ? condition.value.map(rename) : rename(condition.value);
  return renewed;
}

const renewOptions = (options, renamed) =>
  options.map((option) => ({
    ...option,
    id: renamed.get(option.id) ?? option.id,
    ...(option.show_if ? { show_if: renewCondition(option.show_if, renamed) } : {}),
    ...(option.reveals ? { reveals: option.reveals.map((id) => renamed.get(id) ?? id) } : {}),
  }));

/* New ids for the answers of the copied questions, and the new ids of the questions themselves. */
function renamings(originals, copies) {
  const renamed = new Map(originals.map((child, at) => [child.id, idOf(copies[at])]));
  for (const copy of copies) {
    // "yes" and "no" are not an editor's own: they are called so in every form.
    if (typeOf(copy) === "yes_no") continue;
    for (const option of readJSON(field(copy, "options")) ?? []) renamed.set(option.id, newId());
  }
  return renamed;
}

function rewrite(copies, renamed) {
  const renew = {
    options: (text) => JSON.stringify(renewOptions(JSON.parse(text), renamed)),
    show_if: (text) => JSON.stringify(renewCondition(JSON.parse(text), renamed)),
    required_if: (text) => JSON.stringify(renewCondition(JSON.parse(text), renamed)),
    advised_if: (text) => JSON.stringify(renewCondition(JSON.parse(text), renamed)),
    variants: (text) => JSON.stringify(JSON.parse(text).map((one) => ({ ...one, when: renewCondition(one.when, renamed) }))),
    rules: (text) =>
      JSON.stringify(JSON.parse(text).map((one) => ({ ...one, questions: one.questions.map((id) => renamed.get(id) ?? id) }))),
    formula: (text) => text.replace(/\[([^[\]]*)\]/g, (whole, id) => `[${renamed.get(id) ?? id}]`),
    title_question: (id) => renamed.get(id) ?? id,
  };
  for (const copy of copies) {
    for (const [name, renewed] of Object.entries(renew)) {
      const input = field(copy, name);
      if (input?.value) write(input, renewed(input.value));
    }
  }
}

export function watchDuplicates(refresh) {
  const seen = (event) => {
    const button = event.target.closest?.('[data-streamfield-action="DUPLICATE"]');
    const child = button && childOf(button);
    if (!child) return;
    const originals = family(child).map((one) => ({ id: idOf(one) }));
    const known = new Set(childrenWithin(document).map(idOf));
    const renew = () => {
      const copy = copyAfter(child, known);
      if (!copy) return false;
      const copies = family(copy);
      if (copies.length !== originals.length) return false;
      rewrite(copies, renamings(originals, copies));
      refresh();
      return true;
    };
    // Wagtail's own handler runs after this one, and may take a moment for a long page.
    const observer = new MutationObserver(() => renew() && observer.disconnect());
    observer.observe(child.parentElement, { childList: true, subtree: true });
    setTimeout(() => observer.disconnect(), 5000);
  };
  document.addEventListener("click", seen, true);
}
