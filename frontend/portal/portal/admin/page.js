/* What stands in the form editor at this moment, read from the page itself: Wagtail keeps no other model of it.

   A "child" is one block of a stream: a section, a page of the form ("step"), or a question. */

const STEPS = ["questions", "guidance", "group", "check"];
const CHILD = "[data-streamfield-child]";

/* One of Wagtail's own inputs of a child: id, type, order, deleted. */
export const own = (child, name) => child.querySelector(`:scope > input[name$="-${name}"]`);

export const idOf = (child) => own(child, "id")?.value ?? "";
export const typeOf = (child) => own(child, "type")?.value ?? "";
export const childOf = (element) => element.closest(CHILD);
export const parentOf = (child) => child.parentElement.closest(CHILD);
export const childrenWithin = (root) => [...root.querySelectorAll(CHILD)];

/* The input of one field of a child's own value, such as its label. */
export function field(child, name) {
  const prefix = own(child, "id").name.replace(/-id$/, "");
  return document.getElementsByName(`${prefix}-value-${name}`)[0] ?? null;
}

/* Deleted blocks stay in the page, hidden, until the form is saved. */
export function isDeleted(child) {
  for (let one = child; one; one = parentOf(one)) {
    if (own(one, "deleted")?.value) return true;
  }
  return false;
}

export function readJSON(input) {
  try {
    return JSON.parse(input?.value || "null");
  } catch {
    return null;
  }
}

export const isStep = (child) => {
  const above = parentOf(child);
  return STEPS.includes(typeOf(child)) && above !== null && typeOf(above) === "section" && parentOf(above) === null;
};

const describe = (child, step) => ({
  child,
  step,
  id: idOf(child),
  type: typeOf(child),
  label: (field(child, "label")?.value ?? "").trim(),
  stepTitle: (field(step, "title")?.value ?? "").trim(),
  options: readJSON(field(child, "options")) ?? [],
});

/* Pages of the form with their questions, in their order. Wagtail moves the elements too, so the page's order is the
   form's. Read once for everything that asks in the same task: a long form has hundreds of blocks. */
let read = null;

function snapshot() {
  if (read) return read;
  const pages = new Map();
  for (const child of childrenWithin(document)) {
    if (isDeleted(child)) continue;
    if (isStep(child)) pages.set(child, []);
    else pages.get(parentOf(child))?.push(describe(child, parentOf(child)));
  }
  const questions = [...pages.values()].flat();
  const plain = ({ id, type, label, stepTitle, options }) => [id, type, label, stepTitle, options];
  read = { pages, questions, key: JSON.stringify(questions.map(plain)) };
  setTimeout(forget);
  return read;
}

const forget = () => {
  read = null;
};

export const questionsOf = (step) => snapshot().pages.get(step) ?? [];

/* Each page with the number of its section, and its own within that. */
export function pagesBySection() {
  const sections = childrenWithin(document).filter((child) => typeOf(child) === "section" && !isDeleted(child));
  const pages = [...snapshot().pages.keys()];
  return sections.flatMap((section, at) =>
    pages
      .filter((step) => parentOf(step) === section)
      .map((step, place) => ({ id: idOf(step), title: (field(step, "title")?.value ?? "").trim(), section: at + 1, page: place + 1 })),
  );
}

export const allQuestions = () => snapshot().questions;

/* Changes whenever something does that conditions show. */
export const pageKey = () => snapshot().key;

const stepAround = (child) => {
  let one = child;
  while (one && !isStep(one)) one = parentOf(one);
  return one;
};

/* The page that a question stands on. */
export const stepOf = (element) => stepAround(childOf(element));

/* Pages before the one that `element` belongs to, with their questions: what a condition there may read. */
function earlierPages(element) {
  const here = stepOf(element) ?? childOf(element);
  const before = (step) =>
    step !== here &&
    !here.contains(step) &&
    Boolean(step.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
  return [...snapshot().pages].filter(([step]) => before(step));
}

/* Those whose answers have one value each. */
export const earlierQuestions = (element) =>
  earlierPages(element)
    .filter(([step]) => typeOf(step) !== "group")
    .flatMap(([, questions]) => questions);

/* The repeating groups: a condition asks of any of their items, of every one, or how many there are. */
export const earlierGroups = (element) =>
  earlierPages(element)
    .filter(([step]) => typeOf(step) === "group")
    .map(([step, questions]) => ({ id: idOf(step), title: (field(step, "title")?.value ?? "").trim(), questions }));

/* Wagtail's own object for a child of a stream: what adds, moves and deletes blocks. */
export function wagtailsOwn(id, block = document.querySelector("[id$='-root']")?.rootBlock) {
  for (const child of block?.children ?? []) {
    const found = child.id === id ? child : wagtailsOwn(id, child.block);
    if (found) return found;
  }
  for (const part of Object.values(block?.childBlocks ?? {})) {
    const found = wagtailsOwn(id, part);
    if (found) return found;
  }
  return null;
}

/* Puts a question of a type behind another one. What `said` does not say is as in one that an editor adds. */
export function insertAfter(child, type, id, said) {
  const { sequence, index } = wagtailsOwn(idOf(child));
  const value = { ...sequence.blockDef.initialChildStates[type], ...said };
  sequence.insert({ type, id, value }, index + 1, { collapsed: true });
  forget();
}

/* Puts a block, as it was when it was deleted, back to where what is left of it stands. */
export function insertAt(sequence, place, state, collapsed) {
  const before = ({ element }) => Boolean(element.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
  sequence.insert(state, sequence.children.filter(before).length, { collapsed, focus: !collapsed });
  forget();
}

/* What Wagtail calls a kind of block. */
export const typeName = (child) => child.querySelector(":scope > section .c-sf-block__type")?.textContent.trim() ?? "";

/* Tells Wagtail's autosave and its "unsaved changes" that an input was changed by script. */
export function write(input, value) {
  forget();
  if (input.value === value) return;
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/* "{number}" and the like in a translated sentence. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

export const newId = () => crypto.randomUUID();
